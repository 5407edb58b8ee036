import { shanghaiDay } from "@qingdan/clock";
import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { en, zh } from "../i18n/resident.ts";
import { SiteHeader } from "../ui/site-header.tsx";
import { startWords, useWords } from "../ui/words.ts";
import { ResidentApp } from "./resident-app.tsx";
import { defaultAddress, type Rules, readRules } from "./rulebook.ts";
import "./resident.css";

const today = shanghaiDay(new Date());

function Page() {
  const words = useWords();
  const [rules, setRules] = useState<Rules>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    defaultAddress()
      .then(readRules)
      .then(setRules, () => setFailed(true));
  }, []);
  useEffect(() => {
    document.title = `${words("start.title")} · ${words("nav.brand")}`;
  }, [words]);
  return (
    <>
      <SiteHeader here="/me" />
      <main id="main" className="column" tabIndex={-1}>
        {rules ? (
          <ResidentApp rules={rules} today={today} />
        ) : (
          <p role={failed ? "alert" : "status"}>{words(failed ? "start.failed" : "state.loading")}</p>
        )}
      </main>
      <footer className="site-footer">{words("footer")}</footer>
    </>
  );
}

await startWords({ "zh-CN": zh, en });
const root = document.getElementById("root");
if (!root) throw new Error("The page has no #root");
createRoot(root).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
