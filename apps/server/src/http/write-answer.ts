import { serializerCompiler } from "fastify-type-provider-zod";
import { z } from "zod";
import { conformsTo } from "./conforms.ts";

type Compiler = typeof serializerCompiler;

/**
 * Writes answers by their schemas, as `serializerCompiler` does: what no schema names does not leave the house, and an answer that
 * breaks its schema is a failure. An answer that is what its schema says is written as it stands.
 */
export const answerCompiler: Compiler = (route) => {
  const read = serializerCompiler(route);
  const { schema } = route;
  if (!(schema instanceof z.core.$ZodType)) return read;
  const conforms = conformsTo(schema);
  return (answer) => (conforms(answer) ? JSON.stringify(answer) : read(answer));
};
