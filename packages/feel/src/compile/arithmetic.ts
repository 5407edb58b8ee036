import { applyOperator } from "../arithmetic.ts";
import { add, divide, multiply, negate, power, subtract } from "../numbers.ts";
import type { ArithmeticOperator } from "../syntax.ts";
import type { DaysTimeDuration, YearsMonthsDuration } from "../values.ts";
import { type FeelNumber, type FeelValue, isNumber, kindOf, months, nanoseconds } from "../values.ts";
import type { Code, Compile } from "./code.ts";

type NumericOperation = (left: FeelNumber, right: FeelNumber) => FeelNumber | null;

const numeric: Readonly<Record<ArithmeticOperator, NumericOperation>> = {
  "+": add,
  "-": subtract,
  "*": multiply,
  "/": divide,
  "**": power,
};

/** Two numbers take the short way; every other pair of kinds goes through the operator's table. */
export const compileArithmetic: Compile<"arithmetic"> = (node, scope, compiler): Code => {
  const left = compiler.expression(node.left, scope);
  const right = compiler.expression(node.right, scope);
  const operation = numeric[node.operator];
  return (frame, run) => {
    const a = left(frame, run);
    const b = right(frame, run);
    if (isNumber(a) && isNumber(b)) {
      const result = operation(a, b);
      if (result !== null) return result;
    }
    return applyOperator(node.operator, a, b, run, node);
  };
};

export const compileNegation: Compile<"negation"> = (node, scope, compiler) => {
  const operand = compiler.expression(node.operand, scope);
  return (frame, run) => {
    const value: FeelValue = operand(frame, run);
    if (isNumber(value)) return negate(value);
    switch (kindOf(value)) {
      case "years and months duration":
        return months(-(value as YearsMonthsDuration).months);
      case "days and time duration":
        return nanoseconds(-(value as DaysTimeDuration).nanoseconds);
      default:
        return run.error("TYPE_MISMATCH", node, ["-", kindOf(value), ""]);
    }
  };
};
