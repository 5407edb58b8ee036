import * as z from "zod";
import { form } from "./form.ts";

/** A code in lower case with hyphens: `early-childhood`. */
export const slugSchema = z
  .string()
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    form("小写字母、数字和连字符，如 old-age", "lower-case letters, digits and hyphens, as old-age"),
  );
/** A name that stands in rules: `subsistenceLine`. */
export const camelSchema = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*$/, form("小写开头的驼峰名，如 birthDate", "a name in camel case, as birthDate"));
/** `cn` and the GB/T 2260 code without trailing zero pairs; towns have nine digits (GB/T 10114). */
export const areaCodeSchema = z
  .string()
  .regex(
    /^cn(-\d{2}(\d{2}(\d{2}(\d{3})?)?)?)?$/,
    form(
      "cn 加国标区划代码、去掉末尾的两位零，如 cn-31",
      "cn and the GB/T 2260 code without trailing zero pairs, as cn-31",
    ),
  );
/** List code, dot, file name: `cn-31.subsistence-allowance`. */
export const itemCodeSchema = z
  .string()
  .regex(
    /^cn(-\d+)?\.[a-z0-9]+(-[a-z0-9]+)*$/,
    form("清单编码、点、文件名，如 cn-31.funeral-grant", "list code, dot and file name, as cn-31.funeral-grant"),
  );
/** A value of an enum or of a parameter key: `full`, `1`, `dibao`. */
export const valueCodeSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9-]*$/,
    form('字母、数字和连字符，写成文字，如 "1"', 'letters, digits and hyphens, written as text, as "1"'),
  );
