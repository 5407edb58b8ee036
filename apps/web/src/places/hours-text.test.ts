import { expect, test } from "vitest";
import { hoursText } from "./hours-text.ts";

test("hours are said in words, in both languages", () => {
  expect(hoursText("Mo-Fr 08:00-17:00; Sa 09:00-11:30; PH off", "zh-CN")).toBe(
    "周一至周五 08:00—17:00；周六 09:00—11:30；法定节假日不开",
  );
  expect(hoursText("Mo-Fr 08:00-17:00; PH off", "en")).toBe("Mon-Fri 08:00–17:00; closed on public holidays");
  expect(hoursText("Mo-Su 05:30-19:00", "zh-CN")).toBe("每天 05:30—19:00");
  expect(hoursText("24/7", "en")).toBe("always open");
});

test("a form that is not common stays as it is written", () => {
  expect(hoursText("sunrise-sunset", "zh-CN")).toBe("sunrise-sunset");
});
