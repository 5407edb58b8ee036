import { useWords } from "../ui/words.ts";
import type { TrackCard } from "./api.ts";

/** A shape for each status, so that nothing rests on colour alone. */
const shapes: Readonly<Record<TrackCard["status"], string>> = {
  achieved: "●",
  "on-track": "◕",
  "needs-acceleration": "◑",
  limited: "◔",
  open: "○",
  deteriorating: "▼",
  "no-value": "–",
  "no-target": "·",
};

export function StatusBadge({ status }: { readonly status: TrackCard["status"] }) {
  const words = useWords();
  return (
    <span className={`status-badge ${status}`}>
      <span aria-hidden="true">{shapes[status]}</span> {words(`cockpit.statuses.${status}`)}
    </span>
  );
}
