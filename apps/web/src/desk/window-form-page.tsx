import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useNavigate, useParams } from "react-router";
import type { SubmitRequest } from "../../../server/src/modules/cases/form-model.ts";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { formApi } from "../my/api.ts";
import { FormSteps } from "../my/form-steps.tsx";
import { RelationField } from "../sign-in/relation-field.tsx";
import { useWords } from "../ui/words.ts";
import { WindowFrame } from "./window-frame.tsx";

/** A form that a clerk fills in with what somebody says at the window, on the telephone or at a station. */
export function WindowFormPage() {
  const words = useWords();
  useTitle(words("window.title"));
  const { form: id = "" } = useParams();
  const client = useQueryClient();
  const navigate = useNavigate();
  const query = useQuery({ queryKey: ["my", "form", id], queryFn: () => formApi.one(id), staleTime: 0 });
  return (
    <WindowFrame>
      {() => (
        <Loaded query={query}>
          {(form) => (
            <>
              <p className="hint">
                {words("desk.person", { person: form.person })} · {words("window.readOut")}
              </p>
              <FormSteps
                key={form.id}
                form={form}
                home="/desk/window"
                sent={<a href="/desk">{words("desk.title")}</a>}
                sendFields={<HowItCame />}
                send={async (items, said, key) => {
                  const { cases } = await formApi.submit(form, items, cameBy(said), key);
                  await client.invalidateQueries({ queryKey: ["desk"] });
                  const [first] = cases;
                  navigate(first ? `/desk?case=${first.id}` : "/desk");
                }}
              />
            </>
          )}
        </Loaded>
      )}
    </WindowFrame>
  );
}

const channels = ["window", "phone", "station", "helper"] as const;
const relations = ["guardian", "close-relative", "committee", "agent"] as const;

function cameBy(said: FormData): Pick<SubmitRequest, "channel" | "mandate"> {
  const channel = channels.find((name) => name === said.get("channel")) ?? "window";
  if (channel !== "helper") return { channel };
  const field = (name: string) => String(said.get(name) ?? "").trim();
  const relation = relations.find((name) => name === said.get("relation")) ?? "agent";
  return { channel, mandate: { relation, name: field("helperName"), evidence: field("evidence") } };
}

/** On which channel it came, and by whom for somebody else. */
function HowItCame() {
  const words = useWords();
  const id = useId();
  const [channel, setChannel] = useState("window");
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-channel`}>{words("window.channel")}</label>
        <select id={`${id}-channel`} name="channel" value={channel} onChange={({ target }) => setChannel(target.value)}>
          {channels.map((name) => (
            <option key={name} value={name}>
              {words(`channel.${name}`)}
            </option>
          ))}
        </select>
      </div>
      {channel === "helper" && (
        <>
          <RelationField label={words("window.relation")} relations={relations} />
          <div className="field">
            <label htmlFor={`${id}-name`}>{words("window.helperName")}</label>
            <input id={`${id}-name`} name="helperName" type="text" maxLength={200} autoComplete="off" />
          </div>
          <div className="field">
            <label htmlFor={`${id}-evidence`}>{words("window.evidence")}</label>
            <input id={`${id}-evidence`} name="evidence" type="text" maxLength={200} autoComplete="off" />
          </div>
        </>
      )}
    </>
  );
}
