import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { ApiError } from "../app/api.ts";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { useWords } from "../ui/words.ts";
import { mapApi, type PlacesPage, type View } from "./map-api.ts";
import { MapDesk } from "./map-desk.tsx";
import "./map.css";

/** The view that the address asks for, made whole: a level and a group that the standard has. */
function viewOf(places: PlacesPage, address: URLSearchParams): View {
  const standard = places.standards.find(({ id }) => id === address.get("standard")) ?? places.standards[0]!;
  const level = standard.levels.find(({ id }) => id === address.get("level")) ?? standard.levels[0]!;
  const group = level.groups.find((one) => one === address.get("group"));
  const usual = level.groups.includes("everyone") ? "everyone" : (level.groups[0] ?? "everyone");
  return {
    standard: standard.id,
    level: level.id,
    group: group ?? usual,
    stepFree: address.get("stepFree") === "true",
  };
}

/** The map: coverage, what-if and siting. */
export function MapPage() {
  const words = useWords();
  useTitle(words("map.title"));
  const [address, setAddress] = useSearchParams();
  const places = useQuery({ queryKey: ["places"], queryFn: mapApi.places, retry: false });
  const streets = useQuery({ queryKey: ["streets"], queryFn: mapApi.streets, retry: false });
  const change = (values: Readonly<Record<string, string | undefined>>) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(values)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  const isMissing = places.error instanceof ApiError && places.error.code === "PLACES-MAP-MISSING";
  return (
    <>
      <h1>{words("map.title")}</h1>
      <p>{words("map.lead")}</p>
      {isMissing ? (
        <p>{words("map.missing")}</p>
      ) : (
        <Loaded query={places}>
          {(found) => (
            <Loaded query={streets}>
              {(known) => (
                <MapDesk
                  places={found}
                  streets={known}
                  view={viewOf(found, address)}
                  block={address.get("block") ?? undefined}
                  shown={address.get("shown") ?? undefined}
                  run={address.get("run") ?? undefined}
                  mix={address.get("mix") ?? undefined}
                  onChange={change}
                />
              )}
            </Loaded>
          )}
        </Loaded>
      )}
    </>
  );
}
