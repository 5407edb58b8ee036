import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, type ReactElement, StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter, Outlet, RouterProvider, useLocation } from "react-router";
import { en, zh } from "../i18n/app.ts";
import { SiteHeader } from "../ui/site-header.tsx";
import { startWords, useWords } from "../ui/words.ts";
import { FailedPage } from "./failed-page.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import type { PagePath } from "./page-paths.ts";
import "./app.css";

const ListPage = lazy(() => import("../list/list-page.tsx").then((m) => ({ default: m.ListPage })));
const ItemPage = lazy(() => import("../list/item-page.tsx").then((m) => ({ default: m.ItemPage })));
const RunsPage = lazy(() => import("../run/runs-page.tsx").then((m) => ({ default: m.RunsPage })));
const RunItemPage = lazy(() => import("../run/run-item-page.tsx").then((m) => ({ default: m.RunItemPage })));
const PersonPage = lazy(() => import("../run/person-page.tsx").then((m) => ({ default: m.PersonPage })));
const StudioPage = lazy(() => import("../studio/studio-page.tsx").then((m) => ({ default: m.StudioPage })));
const ProposalPage = lazy(() => import("../studio/proposal-page.tsx").then((m) => ({ default: m.ProposalPage })));
const VersionsPage = lazy(() => import("../studio/versions-page.tsx").then((m) => ({ default: m.VersionsPage })));
const WhatifPage = lazy(() => import("../whatif/whatif-page.tsx").then((m) => ({ default: m.WhatifPage })));
const ComparePage = lazy(() => import("../compare/compare-page.tsx").then((m) => ({ default: m.ComparePage })));
const CheckPage = lazy(() => import("../check/check-page.tsx").then((m) => ({ default: m.CheckPage })));
const MapPage = lazy(() => import("../map/map-page.tsx").then((m) => ({ default: m.MapPage })));
const PlanSheetPage = lazy(() => import("../map/plan-sheet-page.tsx").then((m) => ({ default: m.PlanSheetPage })));
const MixSheetPage = lazy(() => import("../map/mix-sheet-page.tsx").then((m) => ({ default: m.MixSheetPage })));
const RegistersPage = lazy(() => import("../map/registers-page.tsx").then((m) => ({ default: m.RegistersPage })));
const PlacesPage = lazy(() => import("../places/places-page.tsx").then((m) => ({ default: m.PlacesPage })));
const WorkPage = lazy(() => import("../cockpit/work-page.tsx").then((m) => ({ default: m.WorkPage })));
const IndicatorPage = lazy(() => import("../cockpit/indicator-page.tsx").then((m) => ({ default: m.IndicatorPage })));
const IndexPage = lazy(() => import("../cockpit/index-page.tsx").then((m) => ({ default: m.IndexPage })));
const AlarmsPage = lazy(() => import("../cockpit/alarms-page.tsx").then((m) => ({ default: m.AlarmsPage })));
const ActionsPage = lazy(() => import("../cockpit/actions-page.tsx").then((m) => ({ default: m.ActionsPage })));
const SnapshotsPage = lazy(() => import("../cockpit/snapshots-page.tsx").then((m) => ({ default: m.SnapshotsPage })));
const ImportsPage = lazy(() => import("../cockpit/imports-page.tsx").then((m) => ({ default: m.ImportsPage })));
const SignInPage = lazy(() => import("../sign-in/sign-in-page.tsx").then((m) => ({ default: m.SignInPage })));
const AccountPage = lazy(() => import("../sign-in/account-page.tsx").then((m) => ({ default: m.AccountPage })));
const MyPage = lazy(() => import("../my/my-page.tsx").then((m) => ({ default: m.MyPage })));
const ApplyPage = lazy(() => import("../my/apply-page.tsx").then((m) => ({ default: m.ApplyPage })));
const HelpersPage = lazy(() => import("../my/helpers-page.tsx").then((m) => ({ default: m.HelpersPage })));
const EventsPage = lazy(() => import("../my/events-page.tsx").then((m) => ({ default: m.EventsPage })));
const EventPage = lazy(() => import("../my/event-page.tsx").then((m) => ({ default: m.EventPage })));
const MyCasesPage = lazy(() => import("../my/cases-page.tsx").then((m) => ({ default: m.MyCasesPage })));
const MyCasePage = lazy(() => import("../my/case-page.tsx").then((m) => ({ default: m.MyCasePage })));
const LetterPage = lazy(() => import("../my/letter-page.tsx").then((m) => ({ default: m.LetterPage })));
const DocumentsPage = lazy(() => import("../my/documents-page.tsx").then((m) => ({ default: m.DocumentsPage })));
const LooksPage = lazy(() => import("../my/looks-page.tsx").then((m) => ({ default: m.LooksPage })));
const ResumePage = lazy(() => import("../my/resume-page.tsx").then((m) => ({ default: m.ResumePage })));
const VerifyPage = lazy(() => import("../my/verify-page.tsx").then((m) => ({ default: m.VerifyPage })));
const GuidePage = lazy(() => import("../my/guide-page.tsx").then((m) => ({ default: m.GuidePage })));
const BlankFormPage = lazy(() => import("../my/blank-form-page.tsx").then((m) => ({ default: m.BlankFormPage })));
const WindowPage = lazy(() => import("../desk/window-page.tsx").then((m) => ({ default: m.WindowPage })));
const WindowFormPage = lazy(() => import("../desk/window-form-page.tsx").then((m) => ({ default: m.WindowFormPage })));
const DeskHelpersPage = lazy(() => import("../desk/helpers-page.tsx").then((m) => ({ default: m.DeskHelpersPage })));
const PaymentsPage = lazy(() => import("../desk/payments-page.tsx").then((m) => ({ default: m.PaymentsPage })));
const BatchPage = lazy(() => import("../desk/batch-page.tsx").then((m) => ({ default: m.BatchPage })));
const ClawBacksPage = lazy(() => import("../desk/claw-backs-page.tsx").then((m) => ({ default: m.ClawBacksPage })));
const ClaimPage = lazy(() => import("../desk/claim-page.tsx").then((m) => ({ default: m.ClaimPage })));
const NoticePage = lazy(() => import("../my/letter-page.tsx").then((m) => ({ default: m.NoticePage })));
const DeskPage = lazy(() => import("../desk/desk-page.tsx").then((m) => ({ default: m.DeskPage })));
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

const pages: Readonly<Record<PagePath, ReactElement>> = {
  "/": <TourPage />,
  "/list": <ListPage />,
  "/list/:list/checks": <CheckPage />,
  "/list/:list/versions": <VersionsPage />,
  "/list/:list/:item": <ItemPage />,
  "/studio": <StudioPage />,
  "/whatif": <WhatifPage />,
  "/compare": <ComparePage />,
  "/studio/proposals/:proposal": <ProposalPage />,
  "/run": <RunsPage />,
  "/run/:run/items/:item": <RunItemPage />,
  "/run/:run/persons/:person": <PersonPage />,
  "/map": <MapPage />,
  "/map/plan/:run": <PlanSheetPage />,
  "/map/mix/:run": <MixSheetPage />,
  "/map/registers": <RegistersPage />,
  "/places": <PlacesPage />,
  "/cockpit": <WorkPage />,
  "/cockpit/indicators/:code": <IndicatorPage />,
  "/cockpit/index": <IndexPage />,
  "/cockpit/alarms": <AlarmsPage />,
  "/cockpit/actions": <ActionsPage />,
  "/cockpit/snapshots": <SnapshotsPage />,
  "/cockpit/imports": <ImportsPage />,
  "/sign-in": <SignInPage />,
  "/account": <AccountPage />,
  "/my": <MyPage />,
  "/my/apply/:form": <ApplyPage />,
  "/my/helpers": <HelpersPage />,
  "/my/events": <EventsPage />,
  "/my/events/:event": <EventPage />,
  "/my/cases": <MyCasesPage />,
  "/my/cases/:case": <MyCasePage />,
  "/my/cases/:case/letter": <LetterPage />,
  "/my/cases/:case/notice": <NoticePage kind="resident" notice="notice" />,
  "/my/cases/:case/offset-notice": <NoticePage kind="resident" notice="offset-notice" />,
  "/my/documents": <DocumentsPage />,
  "/my/looks": <LooksPage />,
  "/my/resume": <ResumePage />,
  "/my/verify": <VerifyPage />,
  "/guide/:list/:item": <GuidePage />,
  "/guide/:list/:item/blank": <BlankFormPage />,
  "/desk": <DeskPage />,
  "/desk/window": <WindowPage />,
  "/desk/window/:form": <WindowFormPage />,
  "/desk/helpers": <DeskHelpersPage />,
  "/desk/claw-backs": <ClawBacksPage />,
  "/desk/claw-backs/new": <ClaimPage />,
  "/desk/claw-backs/:case/notice": <NoticePage kind="staff" notice="notice" />,
  "/desk/claw-backs/:case/offset-notice": <NoticePage kind="staff" notice="offset-notice" />,
  "/desk/payments": <PaymentsPage />,
  "/desk/payments/:batch": <BatchPage />,
};

const router = createBrowserRouter([
  {
    element: <Frame />,
    children: [
      {
        errorElement: <FailedPage />,
        children: [
          ...Object.entries(pages).map(([path, element]) => ({ path, element })),
          { path: "*", element: <NotFoundPage /> },
        ],
      },
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
      {/* What stands in the address stands in fields too: it changes at once, or a quick hand's keys would be taken back. */}
      <RouterProvider router={router} useTransitions={false} />
    </QueryClientProvider>
  </StrictMode>,
);
