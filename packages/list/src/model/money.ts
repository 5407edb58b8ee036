import * as z from "zod";
import { yuanToFen } from "../exact-decimal.ts";

/** A sum in yuan with at most two decimals. */
export const yuanSchema = z
  .number()
  .refine((yuan) => yuanToFen(yuan) !== undefined, { params: { finding: "LIST-MONEY-DECIMALS" } });
