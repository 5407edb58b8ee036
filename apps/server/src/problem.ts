import type { FastifyError, FastifyReply, FastifyRequest, FastifySchemaValidationError } from "fastify";
import { caseProblems } from "./modules/cases/problems.ts";
import { offerProblems } from "./modules/entitlements/offers/problems.ts";
import { facilityProblems } from "./modules/facilities/problems.ts";
import { financeProblems } from "./modules/finance/problems.ts";
import { indicatorProblems } from "./modules/indicators/problems.ts";
import { listProblems } from "./modules/list/problems.ts";
import { whatifProblems } from "./modules/whatif/problems.ts";

export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Every refusal of the HTTP API, by its stable code. docs/errors.md lists them. */
export const problems = {
  "API-LIST-UNKNOWN": { status: 404, title: { zh: "没有这份清单", en: "No such list" } },
  "API-STREET-UNKNOWN": { status: 404, title: { zh: "没有这个街道", en: "No such street" } },
  "API-ITEM-UNKNOWN": { status: 404, title: { zh: "清单中没有这一项", en: "No such item in the list" } },
  "API-LIST-FAULTY": { status: 409, title: { zh: "清单未通过检查", en: "The list fails its checks" } },
  "API-AREA-UNKNOWN": { status: 404, title: { zh: "清单中没有这个地区", en: "No such area in the list" } },
  "API-RUN-UNKNOWN": { status: 404, title: { zh: "没有这次测算", en: "No such run" } },
  "API-PERSON-UNKNOWN": { status: 404, title: { zh: "人口快照中没有此人", en: "No such person in the snapshot" } },
  "API-REQUEST-INVALID": { status: 400, title: { zh: "请求有误", en: "The request is not valid" } },
  "API-ADDRESS-UNKNOWN": { status: 404, title: { zh: "没有这个地址", en: "No such address" } },
  "API-TOO-MANY-REQUESTS": {
    status: 429,
    title: { zh: "请求过于频繁，请稍后再试", en: "Too many requests, try again later" },
  },
  "AUTH-SIGN-IN-NEEDED": { status: 401, title: { zh: "需要登录", en: "Sign-in is needed" } },
  "AUTH-NOT-PERMITTED": { status: 403, title: { zh: "没有权限", en: "Not permitted" } },
  "AUTH-WRONG": { status: 401, title: { zh: "账号或口令不对", en: "The account or the pass-phrase is wrong" } },
  "AUTH-LOCKED": {
    status: 429,
    title: { zh: "错误次数过多，请稍后再试", en: "Too many wrong attempts, try again later" },
  },
  "AUTH-FOREIGN-REQUEST": {
    status: 403,
    title: { zh: "请求不是从本站发出的", en: "The request does not come from this site" },
  },
  "AUTH-PASS-PHRASE-WEAK": { status: 400, title: { zh: "口令太弱", en: "The pass-phrase is too weak" } },
  "AUTH-ACCOUNT-TAKEN": { status: 409, title: { zh: "账号已被使用", en: "The account name is taken" } },
  "AUTH-PASSKEY-REFUSED": { status: 400, title: { zh: "通行密钥未通过验证", en: "The passkey was not verified" } },
  "AUTH-OIDC-REFUSED": {
    status: 400,
    title: { zh: "统一身份认证未通过", en: "The identity provider's answer was refused" },
  },
  "AUTH-ADMINISTRATOR-THERE": { status: 409, title: { zh: "已有管理员", en: "There is an administrator already" } },
  "AUTH-MANDATE-WRONG": { status: 403, title: { zh: "授权不成立", en: "The authorisation does not hold" } },
  "AUTH-DEMO-STORE": { status: 409, title: { zh: "这是示范城市的存储", en: "The store is a demonstration's" } },
  "AUTH-ACCOUNT-UNKNOWN": { status: 404, title: { zh: "没有这个账号", en: "No such account" } },
  "LOG-LINE-UNKNOWN": { status: 404, title: { zh: "日志中没有这一条", en: "No such line in the log" } },
  "LOG-LINE-ERASED": { status: 410, title: { zh: "这一条的内容已被删除", en: "The content of this line was erased" } },
  "LOG-TILE-UNKNOWN": { status: 404, title: { zh: "日志还没有这么长", en: "The log is not that long" } },
  ...caseProblems,
  ...financeProblems,
  ...offerProblems,
  ...facilityProblems,
  ...listProblems,
  ...whatifProblems,
  ...indicatorProblems,
  "API-UNEXPECTED": {
    status: 500,
    title: { zh: "服务器出错，数据没有改动", en: "The server failed; nothing was changed" },
  },
} as const satisfies Record<string, { status: number; title: Words }>;

export type ProblemCode = keyof typeof problems;

/** A refusal that a caller can act on. `detail` says what would be right. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly detail: Words;

  constructor(code: ProblemCode, detail: Words) {
    super(`${code}: ${detail.en}`);
    this.code = code;
    this.detail = detail;
  }
}

/** The reader's language: English only where the header prefers it to Chinese. */
function languageOf(header: string | undefined): "zh" | "en" {
  const first = header?.split(",")[0]?.trim().toLowerCase() ?? "";
  return first.startsWith("en") ? "en" : "zh";
}

interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** Maps every thrown error to problem JSON (RFC 9457), in one place. */
export function sendProblem(error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply) {
  const code = codeOf(error);
  if (code === "API-UNEXPECTED") request.log.error(error);
  const language = languageOf(request.headers["accept-language"]);
  const { status, title } = problems[code];
  const body = {
    type: `https://qingdan.invalid/errors/${code}`,
    code,
    status,
    title: title[language],
    detail: error instanceof Problem ? error.detail[language] : undefined,
    errors: "validation" in error && error.validation ? fieldErrors(error, language) : undefined,
  };
  return reply.code(status).type("application/problem+json").send(JSON.stringify(body));
}

function codeOf(error: FastifyError | Problem): ProblemCode {
  if (error instanceof Problem) return error.code;
  if (error.validation) return "API-REQUEST-INVALID";
  if (error.statusCode === 429) return "API-TOO-MANY-REQUESTS";
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) return "API-REQUEST-INVALID";
  return "API-UNEXPECTED";
}

/** What is wrong with a part of a request, as `requestCompiler` tells it. */
export interface RequestFault extends FastifySchemaValidationError {
  readonly params: { readonly words: Words };
}

function fieldErrors(error: FastifyError, language: "zh" | "en"): FieldError[] {
  return ((error.validation ?? []) as RequestFault[]).map(({ instancePath, params }) => ({
    field: instancePath.replace(/^\//, "").replaceAll("/", "."),
    message: params.words[language],
  }));
}
