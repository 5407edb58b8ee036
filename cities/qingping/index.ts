export { demoDate } from "./calendar.ts";
export { type MadeCity, makeCity } from "./make-city.ts";
export { makePlaces } from "./places-files.ts";
