import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { Choose, Tick } from "../map/field.tsx";
import { mapApi, type PlacesPage as Places, type StreetsPage } from "../map/map-api.ts";
import { useText, useWords } from "../ui/words.ts";
import { NearestList } from "./nearest-list.tsx";
import "./places.css";

/** Kinds that a resident looks for, the most asked-for first. */
const asked = [
  "health-station",
  "health-centre",
  "day-care",
  "market",
  "community-station",
  "street-service-centre",
  "kindergarten",
  "nursery",
  "primary-school",
  "sports-ground",
  "fitness-ground",
  "culture-station",
  "culture-centre",
  "library",
  "rehabilitation",
  "one-stop-centre",
  "care-home",
];
const walkers = ["adult", "senior", "child", "wheelchair"] as const;

/** For residents: the nearest place that is open now and can be walked to, without steps where that is wanted. */
export function PlacesPage() {
  const words = useWords();
  useTitle(words("places.title"));
  const places = useQuery({ queryKey: ["places"], queryFn: mapApi.places, retry: false });
  const streets = useQuery({ queryKey: ["streets"], queryFn: mapApi.streets, retry: false });
  return (
    <div className="places-page">
      <h1>{words("places.title")}</h1>
      <p>{words("places.lead")}</p>
      <Loaded query={places}>
        {(known) => <Loaded query={streets}>{(found) => <Finder places={known} streets={found} />}</Loaded>}
      </Loaded>
    </div>
  );
}

/** The question stands in the address, so that a page can be sent to somebody, and says nothing about a person. */
function Finder({ places, streets: { streets } }: { readonly places: Places; readonly streets: StreetsPage }) {
  const words = useWords();
  const text = useText();
  const [address, setAddress] = useSearchParams();
  const kinds = asked.filter((code) => places.kinds.some((kind) => kind.code === code && kind.facilities > 0));
  const kind = kinds.find((code) => code === address.get("kind")) ?? kinds[0] ?? "";
  const street = streets.find(({ code }) => code === address.get("street")) ?? streets[0]!;
  const from = street.landmarks.find(({ code }) => code === address.get("from")) ?? street.landmarks[0]!;
  const walker = walkers.find((one) => one === address.get("who")) ?? "adult";
  const openNow = address.get("any") !== "true";
  const stepFree = address.get("stepFree") === "true";
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
  const question = { kind, from: from.code, walker, openNow, stepFree };
  const nearest = useQuery({
    queryKey: ["nearest", question],
    queryFn: () => mapApi.nearest(question),
    placeholderData: keepPreviousData,
    // What is open changes by the minute.
    staleTime: 0,
  });
  const inDistrict = streets.filter(({ district }) => district.code === street.district.code);
  return (
    <>
      <form className="places-form" onSubmit={(event) => event.preventDefault()}>
        <Choose
          label={words("places.kind")}
          value={kind}
          choices={kinds.map((code) => ({
            value: code,
            label: text(places.kinds.find((one) => one.code === code)?.name),
          }))}
          onChange={(value) => change({ kind: value })}
        />
        <Choose
          label={words("places.district")}
          value={street.district.code}
          choices={places.districts.map(({ code, name }) => ({ value: code, label: text(name) }))}
          onChange={(code) =>
            change({ street: streets.find(({ district }) => district.code === code)?.code, from: undefined })
          }
        />
        <Choose
          label={words("places.street")}
          value={street.code}
          choices={inDistrict.map(({ code, name }) => ({ value: code, label: text(name) }))}
          onChange={(code) => change({ street: code, from: undefined })}
        />
        <Choose
          label={words("places.from")}
          value={from.code}
          choices={street.landmarks.map(({ code, name }, n) => ({
            value: code,
            label: n === 0 ? words("places.middle", { name: text(name) }) : text(name),
          }))}
          onChange={(code) => change({ from: code, street: street.code })}
        />
        <Choose
          label={words("places.who")}
          value={walker}
          choices={walkers.map((one) => ({ value: one, label: words(`places.${one}`) }))}
          onChange={(value) => change({ who: value })}
        />
        <Tick checked={openNow} onChange={(checked) => change({ any: checked ? undefined : "true" })}>
          {words("places.openNow")}
        </Tick>
        <Tick
          checked={stepFree || walker === "wheelchair"}
          onChange={(checked) => change({ stepFree: checked ? "true" : undefined })}
        >
          {words("places.stepFree")}
        </Tick>
      </form>
      <Loaded query={nearest}>
        {(answer) => (
          <NearestList
            answer={answer}
            walker={walker}
            onLoosen={{
              ...(openNow ? { openNow: () => change({ any: "true" }) } : {}),
              ...(stepFree ? { stepFree: () => change({ stepFree: undefined }) } : {}),
            }}
          />
        )}
      </Loaded>
      <p className="hint small">
        {places.fictitious && `${words("places.fictitious")} `}
        <a href="/map">{words("places.map")}</a>
      </p>
    </>
  );
}
