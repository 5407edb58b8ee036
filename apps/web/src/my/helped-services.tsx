import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api } from "../app/api.ts";
import { Loaded } from "../app/loaded.tsx";
import { useOnce } from "../app/use-once.ts";
import { useText, useWords } from "../ui/words.ts";
import { formApi } from "./api.ts";

/** What a helper can apply for in somebody's name; what that person is owed is not theirs to see. */
export function HelpedServices({ items }: { readonly items: readonly string[] }) {
  const words = useWords();
  const text = useText();
  const navigate = useNavigate();
  const [fault, setFault] = useState<string>();
  const runs = useQuery({ queryKey: ["runs"], queryFn: api.runs });
  const card = runs.data?.runs[0];
  const run = useQuery({
    queryKey: ["run", card?.id],
    queryFn: () => api.run(card?.id ?? ""),
    enabled: card !== undefined,
  });
  const { isBusy, once } = useOnce();
  const apply = async (code: string) => {
    try {
      const form = await formApi.begin({ list: card?.list.code ?? "", items: [code] });
      navigate(`/my/apply/${form.id}`);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <h1>{words("my.title")}</h1>
      {fault && (
        <p className="field-error" role="alert">
          {fault}
        </p>
      )}
      <p>{words("my.helpers.which")}</p>
      <Loaded query={run}>
        {({ perItem }) => (
          <ul className="plain-list">
            {perItem
              .filter(({ code }) => items.includes("*") || items.includes(code))
              .map(({ code, name }) => (
                <li key={code}>
                  <button
                    type="button"
                    className="button quiet"
                    data-item={code}
                    aria-disabled={isBusy}
                    onClick={() => void once(() => apply(code))}
                  >
                    {words("my.apply", { item: text(name) })}
                  </button>
                </li>
              ))}
          </ul>
        )}
      </Loaded>
    </>
  );
}
