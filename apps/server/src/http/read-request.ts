import { readValue } from "@qingdan/list";
import type { FastifySchemaCompiler } from "fastify";
import type { z } from "zod";
import type { RequestFault } from "../problem.ts";

/** Reads the parts of a request by the schemas of its route; what is wrong with them is told in both languages. */
export const requestCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (part) => {
    const read = readValue(schema, part);
    if (read.ok) return { value: read.value };
    return {
      error: read.faults.map(
        ({ path, words }): RequestFault => ({
          keyword: "schema",
          instancePath: path.map((key) => `/${String(key)}`).join(""),
          schemaPath: "",
          params: { words },
          message: words.en,
        }),
      ),
    };
  };
