import { useEffect, useState } from "react";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";

/** Reads the result with the device's own voice; not shown where the device has none. */
export function ReadAloud({ spoken }: { readonly spoken: string }) {
  const words = useWords();
  const { language } = usePreferences();
  const [speaking, setSpeaking] = useState(false);
  const voice = "speechSynthesis" in window ? window.speechSynthesis : undefined;
  useEffect(() => () => voice?.cancel(), [voice]);
  if (!voice) return null;
  const toggle = () => {
    voice.cancel();
    if (speaking) return setSpeaking(false);
    const utterance = new SpeechSynthesisUtterance(spoken);
    utterance.lang = language;
    utterance.rate = 0.9;
    utterance.onend = () => setSpeaking(false);
    setSpeaking(true);
    voice.speak(utterance);
  };
  return (
    <button type="button" className="button quiet small" aria-pressed={speaking} onClick={toggle}>
      {words(speaking ? "result.stop" : "result.read")}
    </button>
  );
}
