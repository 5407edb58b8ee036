import { expect, test } from "vitest";
import { readBankResults } from "./bank-results.ts";

test("a bank's answer is read row by row; what cannot be read is told with its row", () => {
  // Return reasons as in ISO 20022 external codes: AC01 incorrect account number, AC04 closed.
  const file =
    "\uFEFF序号,结果,原因\r\n1,成功,\r\n2,退回,已销户\n3,RJCT,AC01\n4,退回,不知道\n2,成功,\nx,成功\n\n合计,4,,10.00";
  expect(readBankResults(file)).toEqual({
    results: [
      { n: 1, result: "paid" },
      { n: 2, result: "returned", reason: "closed" },
      { n: 3, result: "returned", reason: "no-account" },
    ],
    faults: [
      { row: 5, text: "4,退回,不知道" },
      { row: 6, text: "2,成功," },
      { row: 7, text: "x,成功" },
    ],
  });
  expect(readBankResults("1,paid\n2,returned,dormant").results).toHaveLength(2);
  expect(readBankResults("")).toEqual({ results: [], faults: [] });
});
