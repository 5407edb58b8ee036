import { useQuery } from "@tanstack/react-query";
import { Loaded } from "../app/loaded.tsx";
import { formatCount } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useWords } from "../ui/words.ts";
import { type CatchmentPage, mapApi } from "./map-api.ts";

/** Whom a facility serves if everybody walks to the nearest of its kind: people by age group, and their minutes. */
export function CatchmentTable({ code, stepFree }: { readonly code: string; readonly stepFree: boolean }) {
  const catchment = useQuery({
    queryKey: ["catchment", code, stepFree],
    queryFn: () => mapApi.catchment(code, stepFree),
  });
  return <Loaded query={catchment}>{(found) => <Found catchment={found} />}</Loaded>;
}

function Found({ catchment }: { readonly catchment: CatchmentPage }) {
  const words = useWords();
  const { language } = usePreferences();
  const { counted, blocks, farthestMetres, groups } = catchment;
  if (!counted) return <p>{words("catchment.notCounted")}</p>;
  if (farthestMetres === null) return <p>{words("catchment.nobody")}</p>;
  return (
    <TableFrame
      caption={words("catchment.title", { blocks, metres: formatCount(farthestMetres, language) })}
      look="catchment"
      heads={[
        { name: words("map.group") },
        { name: words("map.peopleColumn"), number: true },
        { name: words("catchment.minutes"), number: true },
      ]}
    >
      {groups.map(({ group, people, minutes }) => (
        <tr key={group}>
          <th scope="row">{words(`map.groups.${group}`)}</th>
          <td className="number">{formatCount(people, language)}</td>
          <td className="number">{minutes.toFixed(1)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}
