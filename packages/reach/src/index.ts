export { accessBfca } from "./access/balanced-catchments.ts";
export { cumulativeAccess } from "./access/cumulative.ts";
export { exponentialDecay, linearDecay, logisticDecay, powerDecay, stepDecay, zoneDecay } from "./access/decays.ts";
export { accessE2sfca } from "./access/enhanced-two-step.ts";
export { accessM2sfca } from "./access/modified-two-step.ts";
export { nearestCost } from "./access/nearest-cost.ts";
export { rationalAgentCost } from "./access/rational-agents.ts";
export { type Decay, type Market, type ReachTable, reachTable } from "./access/reach-table.ts";
export { spatialAvailability } from "./access/spatial-availability.ts";
export { access3sfca } from "./access/three-step.ts";
export { access2sfca } from "./access/two-step.ts";
export {
  type AccessMeasure,
  type AccessOptions,
  type AccessScores,
  accessScores,
  scoresOf,
} from "./commands/access-scores.ts";
export { type ImportOptions, type ImportReport, importRoads, type RoadFile } from "./commands/import-roads.ts";
export { type NearestCatchment, nearestCatchments } from "./commands/nearest-catchments.ts";
export {
  type Facilities,
  type NearestFacilities,
  type NearestOptions,
  nearestFacilities,
} from "./commands/nearest-facilities.ts";
export { readMinutes } from "./commands/read-minutes.ts";
export {
  planSites,
  readCostMatrix,
  readSiteTerms,
  type SitingModel,
  type SitingRequest,
} from "./commands/site-plan.ts";
export { completeCommunities } from "./coverage/complete-communities-2020.ts";
export { type CoverageIndex, coverageIndex } from "./coverage/coverage-index.ts";
export {
  type BlockChange,
  type BlockState,
  type CoverageChange,
  editCoverage,
  type PeopleChange,
  type SiteEdit,
  type TotalChange,
} from "./coverage/edit-coverage.ts";
export { type Centre, type CentreFinding, embeddedCentre, judgeCentre } from "./coverage/embedded-facilities-2023.ts";
export { type ExplainOptions, explainSites, type SiteReason } from "./coverage/explain-sites.ts";
export { type PeopleGain, peopleOf } from "./coverage/gains.ts";
export { gb50180 } from "./coverage/gb-50180-2018.ts";
export {
  type Block,
  type BlockVerdict,
  type Coverage,
  type CoverageTotal,
  groupsOf,
  judgeCoverage,
  type MetresTo,
  placesThatCount,
  type Verdict,
  verdictOf,
  walkers,
} from "./coverage/judge.ts";
export { type GivenMinutes, judgeMinutes } from "./coverage/judge-minutes.ts";
export { coverageOf, type JudgedCity, totalsOf, wayOf } from "./coverage/judged-city.ts";
export { type LevelOfBlock, levelOfBlocks } from "./coverage/level-of-blocks.ts";
export { medicalCircles } from "./coverage/medical-circles.ts";
export {
  type Candidate,
  type NextBestOptions,
  type NextBestPlace,
  type NextBestPlaces,
  nextBestPlaces,
} from "./coverage/next-best-places.ts";
export {
  type BlockOnMap,
  type CoverageScene,
  coverageScene,
  type SceneOptions,
  type SiteOnMap,
} from "./coverage/scene.ts";
export { serviceCircles } from "./coverage/service-circles.ts";
export { shanghai2024 } from "./coverage/shanghai-2024.ts";
export {
  type AgeGroup,
  ageGroups,
  type LayoutStandard,
  type Level,
  type Mark,
  type Requirement,
} from "./coverage/standard.ts";
export { tdt1062 } from "./coverage/td-t-1062-2021.ts";
export { type Blocking, type UncoveredReason, type WhyOptions, whyUncovered } from "./coverage/why-uncovered.ts";
export { type FrontAim, type PlanFront, type PlanFrontPoint, planFront } from "./plan/plan-front.ts";
export type {
  Aim,
  PlannedService,
  PlanningModel,
  PlanningSite,
  PlanningYear,
  SiteFunction,
  SiteOption,
  SiteUse,
  Together,
} from "./plan/planning-model.ts";
export { type PlanAnswer, type PlannedDeed, type PlannedYear, type PlanOptions, solvePlan } from "./plan/solve-plan.ts";
export { type Unserved, type UnservedReason, whyUnserved } from "./plan/why-unserved.ts";
export { ReachRefusal } from "./refusal.ts";
export { checkDatum, type DatumFinding, type DatumReading } from "./roads/check-datum.ts";
export { type Component, type Components, components } from "./roads/components.ts";
export { convertPoints, type Datum, datumNamed, datums, type Points } from "./roads/datum.ts";
export { type ElevationGrid, elevationOfNodes, readAsciiGrid } from "./roads/elevation.ts";
export { type HillyReport, hillyNetwork } from "./roads/hilly-network.ts";
export { type JoinOptions, type JoinReport, joinRoads } from "./roads/join-roads.ts";
export { metresBetween } from "./roads/metres.ts";
export { type CsvTable, parseCsv } from "./roads/parse-csv.ts";
export { readCsvRoads } from "./roads/read-csv-roads.ts";
export { readGeojsonRoads } from "./roads/read-geojson-roads.ts";
export { readOsmPbf } from "./roads/read-osm-pbf.ts";
export { roadKind, roadLevel } from "./roads/road-kind.ts";
export type { RoadKind, RoadLine, Roads, RoadsReport } from "./roads/roads.ts";
export { type Segment, type WalkEdges, type WalkNetwork, walkNetwork } from "./roads/walk-network.ts";
export type { Effort, SitingAnswer, SitingProgress, SitingStatus } from "./site/answer.ts";
export { type CapacitatedAnswer, type SiteTerms, solveCapacitated } from "./site/capacitated.ts";
export { type Costs, costsOf } from "./site/costs.ts";
export type { FairOptions, PlanLimits } from "./site/fair-program.ts";
export { type Fairness, type FairnessOptions, fairnessOf } from "./site/fairness.ts";
export { type LeastGiniOptions, solveLeastGini } from "./site/least-gini.ts";
export { solveMaxCover } from "./site/max-cover.ts";
export { readOrlib } from "./site/orlib.ts";
export { solvePCenter } from "./site/p-center.ts";
export { solvePDispersion } from "./site/p-dispersion.ts";
export { planCost, solvePMedian } from "./site/p-median.ts";
export { type ParetoOptions, type ParetoPoint, paretoFront } from "./site/pareto-front.ts";
export { type PointSet, solvePMedianOfPoints } from "./site/points.ts";
export { solveSetCover } from "./site/set-cover.ts";
export { highsSolver, type Solver } from "./site/solver.ts";
export { solveTailMean, type TailMeanOptions } from "./site/tail-mean.ts";
export { readTsplib, readTsplibPoints } from "./site/tsplib.ts";
export { solveWorstFirst, type WorstFirstAnswer, type WorstFirstOptions } from "./site/worst-first.ts";
export { type Catchment, catchment, catchmentSums } from "./travel/catchment.ts";
export { type DistanceTable, manyToMany, manyToManyWithin, type SparseDistances } from "./travel/many-to-many.ts";
export { type Nearest, nearestPlaces } from "./travel/nearest-places.ts";
export { metresWithin, minutesFor, type PersonGroup, personGroups } from "./travel/person-group.ts";
export type { Places } from "./travel/places.ts";
export { type RouteGraph, routeGraph } from "./travel/route-graph.ts";
export { nodePlaces, type Snapper, type SnapReport, snapper, type Unsnapped } from "./travel/snap.ts";
