import { fileURLToPath } from "node:url";
import { createListReader } from "@qingdan/list/node";
import { expect, test } from "vitest";
import { openCatalogue } from "./catalogue.ts";

const club = fileURLToPath(new URL("../../../../../packages/list/src/testing/club", import.meta.url));

test("a list that the given reader has read is not read again", async () => {
  const reader = createListReader();
  const { list } = await reader.load(club);
  const onFaulty = () => {};
  expect(await openCatalogue({ folders: [club], onFaulty, reader }).list("cn-99")).toBe(list);
  expect(await openCatalogue({ folders: [club], onFaulty }).list("cn-99")).not.toBe(list);
});
