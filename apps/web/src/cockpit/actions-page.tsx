import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { Pager } from "../ui/pager.tsx";
import { useWords } from "../ui/words.ts";
import { ActionList } from "./action-list.tsx";
import { cockpitApi } from "./api.ts";
import { CockpitFrame } from "./cockpit-frame.tsx";
import { StateFilter } from "./state-filter.tsx";

const actionStates = ["open", "done", "dropped"] as const;

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
          <StateFilter
            states={actionStates}
            chosen={state}
            name={(name) => words(`cockpit.states.${name}`)}
            onChoose={(name) => setAddress(name ? { state: name } : {})}
          />
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
