import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { useWords } from "../ui/words.ts";
import { ActionList } from "./action-list.tsx";
import { cockpitApi } from "./api.ts";
import { CockpitFrame } from "./cockpit-frame.tsx";
import { Pager } from "./pager.tsx";

/** Who acts by when, the earliest due first. */
export function ActionsPage() {
  const words = useWords();
  const [address, setAddress] = useSearchParams();
  const state = address.get("state") ?? "";
  const page = Number(address.get("page") ?? 1);
  const query = useQuery({
    queryKey: ["cockpit", "actions", state, page],
    queryFn: () => cockpitApi.actions({ state, page, size: 50 }),
    placeholderData: keepPreviousData,
  });
  return (
    <CockpitFrame title={words("cockpit.actionsTitle")}>
      {() => (
        <>
          <div className="filters">
            <label>
              {words("cockpit.state")}
              <select
                value={state}
                onChange={(event) => setAddress(event.target.value ? { state: event.target.value } : {})}
              >
                <option value="">{words("cockpit.all")}</option>
                {(["open", "done", "dropped"] as const).map((name) => (
                  <option key={name} value={name}>
                    {words(`cockpit.states.${name}`)}
                  </option>
                ))}
              </select>
            </label>
          </div>
          <Loaded query={query}>
            {(data) => (
              <>
                <ActionList actions={data.actions} />
                <Pager {...data} onPage={(to) => setAddress({ ...(state && { state }), page: String(to) })} />
              </>
            )}
          </Loaded>
        </>
      )}
    </CockpitFrame>
  );
}
