import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "react-router";
import { actingFor } from "../app/acting-for.ts";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { useWords } from "../ui/words.ts";
import { formApi } from "./api.ts";
import { FormSteps } from "./form-steps.tsx";
import { MyFrame } from "./my-frame.tsx";

/** A form that a resident fills in, for themselves or for whom they help. */
export function ApplyPage() {
  const words = useWords();
  useTitle(words("my.applyTitle"));
  const { form: id = "" } = useParams();
  const client = useQueryClient();
  const navigate = useNavigate();
  const query = useQuery({ queryKey: ["my", "form", id], queryFn: () => formApi.one(id), staleTime: 0 });
  return (
    <MyFrame>
      {() => (
        <Loaded query={query}>
          {(form) => (
            <FormSteps
              key={form.id}
              form={form}
              home="/my"
              sent={<a href="/my/cases">{words("my.nav.cases")}</a>}
              send={async (items, _, key) => {
                const channel = actingFor() ? "helper" : "web";
                const { cases, bundle } = await formApi.submit(form, items, { channel }, key);
                await client.invalidateQueries({ queryKey: ["my"] });
                if (bundle) navigate(`/my/events/${bundle}?new=1`);
                else navigate(cases.length === 1 ? `/my/cases/${cases[0]?.id}?new=1` : "/my/cases");
              }}
            />
          )}
        </Loaded>
      )}
    </MyFrame>
  );
}
