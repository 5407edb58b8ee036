import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearchParams } from "react-router";
import { api, type PersonsPage, type RunItemPage as RunItemShape } from "../app/api.ts";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { formatMoney } from "../ui/format.ts";
import { Outcome } from "../ui/outcome.tsx";
import { Pager } from "../ui/pager.tsx";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";
import { Count } from "./figures.tsx";
import { PayerTable } from "./payer-table.tsx";

const groups = ["missed", "underpaid", "overpaid", "unsettled", "entitled", "undetermined"] as const;

function ReasonTable(props: {
  readonly caption: string;
  readonly rows: readonly { code: string; text: { zh: string; en: string }; people: number }[];
}) {
  const words = useWords();
  const text = useText();
  if (props.rows.length === 0) return null;
  return (
    <TableFrame
      caption={props.caption}
      heads={[{ name: words("run.reason") }, { name: words("run.peopleColumn"), number: true }]}
    >
      {props.rows.map((row) => (
        <tr key={row.code}>
          <td>{text(row.text)}</td>
          <td className="number">
            <Count count={row.people} />
          </td>
        </tr>
      ))}
    </TableFrame>
  );
}

function Persons({ run, per, page }: { readonly run: string; readonly per: string; readonly page: PersonsPage }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  return (
    <TableFrame
      caption={words("run.showing", { shown: page.persons.length, total: page.total })}
      heads={[
        { name: words("run.person") },
        { name: words("run.district") },
        { name: words("run.outcome") },
        { name: words("run.reason") },
        { name: words("run.due"), number: true },
        { name: words("run.received"), number: true },
      ]}
    >
      {page.persons.map((row) => (
        <tr key={row.person}>
          <th scope="row">
            <Link to={`/run/${run}/persons/${row.person}`}>{row.person}</Link>
          </th>
          <td>{text(row.district.name)}</td>
          <td>
            <Outcome outcome={row.outcome} />
          </td>
          <td>{text(row.reason.text)}</td>
          <td className="number">{formatMoney(row.fen, per, language)}</td>
          <td className="number">
            {row.receivedFen === null ? words("run.notOnRoll") : formatMoney(row.receivedFen, per, language)}
          </td>
        </tr>
      ))}
    </TableFrame>
  );
}

function ItemView({ run, item }: { readonly run: string; readonly item: RunItemShape }) {
  const words = useWords();
  const text = useText();
  const [address, setAddress] = useSearchParams();
  const group = address.get("group") ?? (item.total.missed === null ? "entitled" : "missed");
  const district = address.get("district") ?? "";
  const street = address.get("street") ?? "";
  const page = address.get("page") ?? "1";
  useTitle(text(item.name));
  const persons = useQuery({
    queryKey: ["persons", run, item.code, group, district, street, page],
    queryFn: () => api.persons(run, item.code, { group, district, page, street }),
  });
  const change = (values: Record<string, string>) =>
    setAddress(Object.entries({ group, district, street, ...values }).filter(([, value]) => value !== ""));
  const figures = item.districts.find(({ district: { code } }) => code === district) ?? item.total;
  return (
    <>
      <p>
        <Link to="/run">{words("run.back")}</Link>
      </p>
      <h1>{text(item.name)}</h1>
      <dl className="figures">
        {(["entitled", "receiving", "missed", "underpaid", "overpaid", "undetermined"] as const).map((name) => (
          <div key={name}>
            <dt>{words(`run.${name}`)}</dt>
            <dd>{figures[name] === null ? words("run.noRoll") : <Count count={figures[name]} />}</dd>
          </div>
        ))}
      </dl>
      {item.paid && <PayerTable figures={figures} />}
      <ReasonTable caption={words("run.why")} rows={item.notEntitledBy} />
      <ReasonTable caption={words("run.whyNot")} rows={item.undeterminedBy} />
      <h2>{words("run.persons")}</h2>
      <div className="filters">
        <label>
          {words("run.group")}
          <select value={group} onChange={(event) => change({ group: event.target.value })}>
            {groups.map((name) => (
              <option key={name} value={name}>
                {words(`run.${name}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words("run.district")}
          <select value={district} onChange={(event) => change({ district: event.target.value, street: "" })}>
            <option value="">{words("list.all")}</option>
            {item.districts.map(({ district: { code, name } }) => (
              <option key={code} value={code}>
                {text(name)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Loaded query={persons}>
        {(data) => (
          <>
            {data.street && (
              <p className="actions">
                {words("run.onlyStreet", { street: text(data.street.name), people: data.total })}
                <button type="button" className="button quiet small" onClick={() => change({ street: "" })}>
                  {words("run.everyStreet")}
                </button>
              </p>
            )}
            <Persons run={run} per={item.per} page={data} />
            <Pager {...data} onPage={(to) => change({ page: String(to) })} />
          </>
        )}
      </Loaded>
    </>
  );
}

/** One entry of a run: figures, payers, reasons, people. */
export function RunItemPage() {
  const { run = "", item = "" } = useParams();
  const query = useQuery({ queryKey: ["run-item", run, item], queryFn: () => api.runItem(run, item) });
  return <Loaded query={query}>{(data) => <ItemView run={run} item={data} />}</Loaded>;
}
