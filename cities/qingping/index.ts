export { demoDate } from "./calendar.ts";
export { type CityOptions, type MadeCity, makeCity } from "./make-city.ts";
