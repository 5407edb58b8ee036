import { form } from "@qingdan/list";
import { z } from "zod";

/** What the studio API answers and takes, as schemas. Texts of files are the YAML as it is written. */

const words = z.object({ zh: z.string(), en: z.string() });
const instant = z.iso.datetime();
const author = z.string().trim().max(80).describe("Who does it, where nobody is signed in");

export const shownVersion = z
  .object({
    kind: z.enum(["folder", "published"]).describe("folder: as installed, nothing is published yet"),
    contentHash: z.string().describe("SHA-256 over the files"),
    version: z.string().nullable(),
    publishedAt: instant.nullable(),
    publishedBy: z.string().nullable(),
  })
  .describe("Which state of the list is shown");

export const studioListCard = z.object({
  code: z.string(),
  name: words,
  parent: z.string().nullable(),
  shown: shownVersion,
  drafts: z.int(),
  openProposals: z.int(),
});

const fileKind = z.enum(["item", "parameters", "golden", "other"]);

const draftHead = z.object({ author: z.string(), savedAt: instant, gone: z.boolean().describe("The file is to go") });

export const proposalCard = z.object({
  id: z.string(),
  list: z.string(),
  title: z.string(),
  author: z.string(),
  proposedAt: instant,
  files: z.array(z.string()),
  end: z.object({ kind: z.enum(["published", "withdrawn"]), author: z.string(), endedAt: instant }).nullable(),
});

export const studioListPage = studioListCard.extend({
  files: z.array(
    z.object({
      file: z.string(),
      kind: fileKind,
      item: z.object({ code: z.string(), name: words, executable: z.boolean() }).nullable(),
      draft: draftHead.nullable(),
    }),
  ),
  proposals: z.array(proposalCard).describe("Newest first"),
});

export const filePath = z.string().max(200);
export const fileQuery = z.object({ file: filePath });

export const studioFile = z.object({
  list: z.string(),
  file: z.string(),
  kind: fileKind,
  text: z.string().describe("The draft, else what is shown"),
  shownText: z.string().nullable().describe("null: the file is new"),
  value: z.unknown().describe("The text as plain data; null where it is no YAML"),
  draft: draftHead.extend({ stale: z.boolean().describe("Begun from another text than is shown now") }).nullable(),
  parameters: z
    .array(
      z.object({ code: z.string(), name: words, files: z.array(z.object({ list: z.string(), file: z.string() })) }),
    )
    .describe("Of an item: the parameters that its rule reads or that it states, and the files that write them"),
  names: z
    .array(
      z.object({ name: z.string(), kind: z.enum(["fact", "parameter"]), label: words, unit: z.string().nullable() }),
    )
    .describe("Of an item: what its rule may read"),
  areas: z.record(z.string(), words).describe("Of a file of parameters: the names of areas, by code"),
  keys: z
    .record(z.string(), z.array(z.object({ labels: z.record(z.string(), words) })))
    .describe("Of a file of parameters: the words of the codes of each parameter's keys, as the shown list has them"),
});

const step = z.union([z.string(), z.number()]);
const path = z.array(step).min(1).max(20);
export const editRequest = z.object({
  text: z.string().max(400_000),
  edits: z
    .array(
      z.discriminatedUnion("op", [
        z.object({
          op: z.literal("set"),
          path,
          value: z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()]),
        }),
        z.object({ op: z.enum(["repeat", "remove", "raise"]), path }),
      ]),
    )
    .max(200),
});
export const editAnswer = z.object({ text: z.string(), value: z.unknown() });

export const draftText = z.object({
  file: filePath,
  text: z.string().max(400_000).nullable().describe("null: the file is to go"),
});
export const draftRequest = draftText.extend({
  seen: instant.nullable().describe("`savedAt` of the draft that the writer saw; null: there was none"),
  author,
});
export const draftAnswer = draftHead.extend({ file: z.string() });

const finding = z.object({
  severity: z.enum(["error", "warning"]),
  code: z.string(),
  kind: z.string(),
  list: z.string(),
  file: z.string().describe("Path inside the list's folder"),
  line: z.int(),
  column: z.int(),
  item: z.string().nullable(),
  parameter: z.string().nullable(),
  message: words,
  hint: words,
});

export const checkReportPage = z.object({
  list: z.string(),
  date: z.iso.date(),
  contentHash: z.string(),
  errors: z.int(),
  warnings: z.int(),
  items: z.int(),
  executable: z.int(),
  kinds: z.array(z.object({ kind: z.string(), errors: z.int(), warnings: z.int() })),
  findings: z.array(finding),
});

const goldenAnswer = z.object({
  outcome: z.enum(["not", "entitled", "undetermined", "absent"]),
  fen: z.int().optional(),
  per: z.string().optional(),
  reason: z.string().optional(),
});

const golden = z.object({
  agree: z.int(),
  differ: z.int(),
  cases: z
    .array(
      z.object({
        name: z.string(),
        file: z.string(),
        line: z.int(),
        item: z.string(),
        why: z.string(),
        agrees: z.boolean(),
        expected: goldenAnswer,
        found: goldenAnswer.nullable(),
        refused: z.string().nullable(),
      }),
    )
    .describe("Those that differ first"),
});

const stretch = z.object({ kind: z.enum(["same", "ins", "del"]), text: z.string() });
const fileChange = z.object({
  file: z.string(),
  was: z.boolean(),
  is: z.boolean(),
  stretches: z.array(stretch).describe("Without `ins` the old text, without `del` the new one"),
});

export const studioCheck = z.object({
  contentHash: z.string(),
  errors: z.int(),
  warnings: z.int(),
  here: z.array(finding).describe("Findings in the file that is edited"),
  elsewhere: z.array(finding).describe("Findings in other files that the shown list does not have"),
  golden: golden.nullable().describe("null: the list cannot be read, so nothing can be decided"),
  change: fileChange,
});

export const proposeRequest = z.object({ title: z.string().trim().min(1).max(200), author });
export const publishRequest = z.object({
  version: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/,
      form("字母、数字、点、连字符、下划线", "letters, digits, dot, hyphen, underscore"),
    ),
  author,
});
export const authorRequest = z.object({ author });

export const proposalPage = proposalCard.extend({
  shown: shownVersion.describe("The state that it would change"),
  baseMoved: z.boolean(),
  contentHash: z.string().describe("Of the list as it would be"),
  errors: z.int(),
  warnings: z.int(),
  findings: z.array(finding).describe("Errors, and warnings that the shown list does not have"),
  golden: golden.nullable(),
  broken: z
    .array(z.object({ list: z.string(), findings: z.array(finding) }))
    .describe("Lists that stand on it and would have errors"),
  changes: z.array(fileChange),
  publishable: z.boolean(),
});

const versionHead = z.object({
  list: z.string(),
  version: z.string(),
  contentHash: z.string(),
  parentHash: z.string().nullable().describe("Content hash of the list it stood on when it was checked"),
  proposal: z.string(),
  publishedBy: z.string(),
  publishedAt: instant,
});

export const versionsQuery = z.object({
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(100).default(20),
});
export const versionsPage = z.object({
  list: z.string(),
  shown: shownVersion,
  total: z.int(),
  page: z.int(),
  size: z.int(),
  versions: z.array(versionHead).describe("Newest first"),
});
export const versionPage = versionHead.extend({
  files: z.array(z.object({ file: z.string(), sha256: z.string(), text: z.string() })),
});
export const differencesQuery = z.object({
  from: z.string().describe("A version, or `folder` for the list as installed"),
  to: z.string().describe("A version, or `folder`"),
});
export const differencesPage = z.object({
  list: z.string(),
  from: z.string(),
  to: z.string(),
  changes: z.array(fileChange),
});

export const checksQuery = z.object({ date: z.iso.date().optional().describe("Default: the day of the newest run") });

export type StudioListCard = z.infer<typeof studioListCard>;
export type StudioListPage = z.infer<typeof studioListPage>;
export type StudioFile = z.infer<typeof studioFile>;
export type StudioCheck = z.infer<typeof studioCheck>;
export type StudioEdit = z.infer<typeof editRequest>["edits"][number];
export type StudioDraft = z.infer<typeof draftAnswer>;
export type StudioFinding = z.infer<typeof finding>;
export type StudioGolden = z.infer<typeof golden>;
export type FileChange = z.infer<typeof fileChange>;
export type ProposalCard = z.infer<typeof proposalCard>;
export type ProposalPage = z.infer<typeof proposalPage>;
export type ShownVersion = z.infer<typeof shownVersion>;
export type VersionHeadPage = z.infer<typeof versionHead>;
export type VersionsPage = z.infer<typeof versionsPage>;
export type VersionPage = z.infer<typeof versionPage>;
export type DifferencesPage = z.infer<typeof differencesPage>;
export type CheckReportPage = z.infer<typeof checkReportPage>;
