import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { api } from "../app/api.ts";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { useText, useWords } from "../ui/words.ts";
import "../whatif/whatif.css";
import { compareApi, type Sides } from "./api.ts";
import { ComparisonEffectView } from "./comparison-effect.tsx";
import { ComparisonView } from "./comparison-view.tsx";

/** A list, a version of it, and the area whose values count. */
function SideChoice({
  name,
  side,
  area,
  onSide,
  onArea,
}: {
  readonly name: string;
  readonly side: string;
  readonly area: string;
  readonly onSide: (side: string) => void;
  readonly onArea: (area: string) => void;
}) {
  const words = useWords();
  const text = useText();
  const [list = "", version = ""] = side.split("@");
  const lists = useQuery({ queryKey: ["lists"], queryFn: api.lists });
  const page = useQuery({ queryKey: ["list", list], queryFn: () => api.list(list) });
  const versions = useQuery({ queryKey: ["compare", "versions", list], queryFn: () => compareApi.versions(list) });
  const published = versions.data?.versions ?? [];
  return (
    <fieldset className="filters">
      <legend>{name}</legend>
      <label>
        {words("list.which")}
        <select value={list} onChange={(event) => onSide(event.target.value)}>
          {(lists.data?.lists ?? []).map(({ code, name: of }) => (
            <option key={code} value={code}>
              {text(of)}
            </option>
          ))}
        </select>
      </label>
      {published.length > 0 && (
        <label>
          {words("compare.version")}
          <select
            value={version}
            onChange={(event) => onSide(event.target.value ? `${list}@${event.target.value}` : list)}
          >
            <option value="">{words("compare.shown")}</option>
            {published.map((one) => (
              <option key={one.version} value={one.version}>
                {one.version}
              </option>
            ))}
            <option value="folder">{words("compare.folder")}</option>
          </select>
        </label>
      )}
      <label>
        {words("compare.area")}
        <select value={area} onChange={(event) => onArea(event.target.value)}>
          <option value="">{words("compare.wholeList")}</option>
          {(page.data?.areas ?? [])
            .filter(({ level }) => level !== "town")
            .map(({ code, name: of }) => (
              <option key={code} value={code}>
                {text(of)}
              </option>
            ))}
        </select>
      </label>
    </fieldset>
  );
}

/** Two lists, versions or areas side by side. */
export function ComparePage() {
  const words = useWords();
  const [address, setAddress] = useSearchParams();
  useTitle(words("compare.title"));
  const sides: Sides = {
    left: address.get("left") ?? "cn-31",
    right: address.get("right") ?? "cn-3301",
    leftArea: address.get("leftArea") ?? undefined,
    rightArea: address.get("rightArea") ?? undefined,
  };
  const only = address.get("only") ?? "different";
  const page = Number(address.get("page") ?? 1);
  const query = useQuery({
    queryKey: ["compare", sides, only, page],
    queryFn: () => compareApi.page(sides, only, page),
    placeholderData: keepPreviousData,
  });
  const change = (values: Readonly<Record<string, string>>) =>
    setAddress((before) => {
      const next = new URLSearchParams(before);
      next.delete("page");
      for (const [name, value] of Object.entries(values)) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      return next;
    });
  return (
    <>
      <h1>{words("compare.title")}</h1>
      <p>{words("compare.lead")}</p>
      <SideChoice
        name={words("compare.left")}
        side={sides.left}
        area={sides.leftArea ?? ""}
        onSide={(left) => change({ left, leftArea: "" })}
        onArea={(leftArea) => change({ leftArea })}
      />
      <SideChoice
        name={words("compare.right")}
        side={sides.right}
        area={sides.rightArea ?? ""}
        onSide={(right) => change({ right, rightArea: "" })}
        onArea={(rightArea) => change({ rightArea })}
      />
      <div className="filters">
        <label>
          {words("compare.only")}
          <select value={only} onChange={(event) => change({ only: event.target.value })}>
            {["different", "executable", "all"].map((name) => (
              <option key={name} value={name}>
                {words(`compare.${name}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <ComparisonEffectView key={JSON.stringify(sides)} sides={sides} />
      <Loaded query={query}>
        {(data) => <ComparisonView page={data} onPage={(to) => change({ page: String(to) })} />}
      </Loaded>
    </>
  );
}
