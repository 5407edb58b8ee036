import type FeelEditor from "@bpmn-io/feel-editor";
import { useEffect, useId, useRef } from "react";
import { useTelling } from "./use-telling.ts";

export interface RuleName {
  readonly name: string;
  readonly detail: string;
}

/** A FEEL expression in the editor that rule authors know; the editor is loaded when the first one is shown. */
export function FeelField({
  label,
  value,
  names,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  /** Facts and parameters that the editor completes. */
  readonly names: readonly RuleName[];
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<FeelEditor>(null);
  const shown = useRef(value);
  const onForeign = (text: string) => {
    shown.current = text;
    editor.current?.setValue(text);
  };
  const { tell, tellSoon } = useTelling(value, { onChange, onForeign });
  const telling = useRef({ tell, tellSoon });
  telling.current = { tell, tellSoon };

  useEffect(() => {
    let gone = false;
    const container = box.current;
    const leave = () => telling.current.tell(shown.current);
    container?.addEventListener("focusout", leave);
    void import("@bpmn-io/feel-editor").then(({ default: Editor }) => {
      if (gone || !container) return;
      editor.current = new Editor({
        container,
        value: shown.current,
        variables: names,
        contentAttributes: { "aria-labelledby": id, "aria-multiline": "true", role: "textbox" },
        onChange: (text) => {
          if (text === shown.current) return;
          shown.current = text;
          telling.current.tellSoon(text);
        },
        // Tab leaves the editor: the page is walked by keyboard.
        onKeyDown: (event) => {
          if (event.key === "Escape") container.blur();
        },
      });
    });
    return () => {
      gone = true;
      container?.removeEventListener("focusout", leave);
      editor.current = null;
      container?.replaceChildren();
    };
  }, [id, names]);

  return (
    <div className="field">
      <span id={id} className="field-label">
        {label}
      </span>
      <div ref={box} className="feel" />
    </div>
  );
}
