import { useQuery } from "@tanstack/react-query";
import { cockpitApi } from "../cockpit/api.ts";
import { useValues } from "../cockpit/values.ts";
import { useWords } from "../ui/words.ts";

/** The plan: how many targets are behind, and where the index stands; live from the cockpit. */
export function PlanPanel() {
  const words = useWords();
  const values = useValues();
  const work = useQuery({
    queryKey: ["cockpit", "work", {}],
    queryFn: () => cockpitApi.work({ size: 25 }),
    retry: false,
  });
  const overview = useQuery({ queryKey: ["cockpit"], queryFn: cockpitApi.overview, retry: false });
  const code = overview.data?.indexes[0]?.code;
  const index = useQuery({
    queryKey: ["cockpit", "index", code, "", 1],
    queryFn: () => cockpitApi.index(code ?? "", { size: 50 }),
    enabled: code !== undefined,
  });
  // A list without a catalogue of indicators has no such panel.
  if (work.isError || overview.isError) return null;
  const counts = work.data?.counts;
  const held = counts
    ? Object.entries(counts).reduce((sum, [status, count]) => (status === "no-target" ? sum : sum + count), 0)
    : undefined;
  const shown = (value: number | null | undefined, decimals: number) =>
    value == null ? "…" : values.number(value, decimals);
  return (
    <section className="panel">
      <h2>{words("cockpit.tour.title")}</h2>
      <p className="figure">
        {work.data ? words("cockpit.tour.figure", { behind: work.data.total, of: held ?? "…" }) : "…"}
      </p>
      <p>
        {words("cockpit.tour.text", {
          year: index.data?.year ?? "…",
          level: shown(index.data?.level, 1),
          equality: shown(index.data?.equality?.oneMinusGini, 3),
          adjusted: shown(index.data?.adjusted, 1),
        })}
      </p>
      <a href="/cockpit">{words("cockpit.tour.link")}</a>
    </section>
  );
}
