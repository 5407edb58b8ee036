import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter, Outlet, RouterProvider, useLocation } from "react-router";
import { en, zh } from "../i18n/app.ts";
import { SiteHeader } from "../ui/site-header.tsx";
import { startWords, useWords } from "../ui/words.ts";
import "./app.css";

const ListPage = lazy(() => import("../list/list-page.tsx").then((m) => ({ default: m.ListPage })));
const ItemPage = lazy(() => import("../list/item-page.tsx").then((m) => ({ default: m.ItemPage })));
const RunsPage = lazy(() => import("../run/runs-page.tsx").then((m) => ({ default: m.RunsPage })));
const RunItemPage = lazy(() => import("../run/run-item-page.tsx").then((m) => ({ default: m.RunItemPage })));
const PersonPage = lazy(() => import("../run/person-page.tsx").then((m) => ({ default: m.PersonPage })));
const StudioPage = lazy(() => import("../studio/studio-page.tsx").then((m) => ({ default: m.StudioPage })));
const ProposalPage = lazy(() => import("../studio/proposal-page.tsx").then((m) => ({ default: m.ProposalPage })));
const VersionsPage = lazy(() => import("../studio/versions-page.tsx").then((m) => ({ default: m.VersionsPage })));
const CheckPage = lazy(() => import("../check/check-page.tsx").then((m) => ({ default: m.CheckPage })));
const TourPage = lazy(() => import("../tour/tour-page.tsx").then((m) => ({ default: m.TourPage })));

function Frame() {
  const words = useWords();
  const { pathname } = useLocation();
  const here = `/${pathname.split("/")[1] ?? ""}`;
  return (
    <>
      <SiteHeader here={here} />
      <main id="main" className="wide" tabIndex={-1}>
        <Suspense fallback={<p role="status">{words("state.loading")}</p>}>
          <Outlet />
        </Suspense>
      </main>
      <footer className="site-footer">{words("footer")}</footer>
    </>
  );
}

const router = createBrowserRouter([
  {
    element: <Frame />,
    children: [
      { path: "/", element: <TourPage /> },
      { path: "/list", element: <ListPage /> },
      { path: "/list/:list/checks", element: <CheckPage /> },
      { path: "/list/:list/versions", element: <VersionsPage /> },
      { path: "/list/:list/:item", element: <ItemPage /> },
      { path: "/studio", element: <StudioPage /> },
      { path: "/studio/proposals/:proposal", element: <ProposalPage /> },
      { path: "/run", element: <RunsPage /> },
      { path: "/run/:run/items/:item", element: <RunItemPage /> },
      { path: "/run/:run/persons/:person", element: <PersonPage /> },
      { path: "*", element: <TourPage /> },
    ],
  },
]);

const queries = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000, retry: 1 } } });

await startWords({ "zh-CN": zh, en });
const root = document.getElementById("root");
if (!root) throw new Error("The page has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
