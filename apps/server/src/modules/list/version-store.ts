import { Problem } from "../../problem.ts";
import type { Database, DatabaseTransaction } from "../../store/database.ts";
import { contentHash, type ListFiles } from "./content-hash.ts";
import type { ListTables } from "./tables.ts";

export interface Draft {
  readonly file: string;
  /** null: the file is to go. */
  readonly text: string | null;
  readonly base: string;
  readonly author: string;
  readonly savedAt: Date;
}

/** Changed files: path -> text, or null where the file is to go. */
export type ChangedFiles = ReadonlyMap<string, string | null>;

export interface Proposal {
  readonly id: string;
  readonly list: string;
  readonly title: string;
  readonly author: string;
  /** Id of the author's account; empty where nobody was signed in. */
  readonly account: string;
  readonly base: string;
  readonly files: ChangedFiles;
  readonly proposedAt: Date;
  readonly end: { readonly kind: "published" | "withdrawn"; readonly author: string; readonly endedAt: Date } | null;
}

/** A published version without its files. */
export interface VersionHead {
  readonly list: string;
  readonly version: string;
  readonly contentHash: string;
  readonly parentHash: string | null;
  readonly proposal: string;
  readonly publishedBy: string;
  readonly publishedAt: Date;
}

export interface Version extends VersionHead {
  readonly files: ListFiles;
}

export interface Publication {
  readonly version: string;
  readonly proposal: string;
  readonly files: ListFiles;
  readonly parentHash: string | null;
  readonly author: string;
}

/** Drafts, proposals and published versions as the operational store keeps them. */
export interface VersionStore {
  drafts(list: string): Promise<readonly Draft[]>;
  /**
   * Writes a draft over the one that the writer saw (`seen`, null where there was none).
   * @throws {Problem} STUDIO-DRAFT-CONFLICT when somebody else wrote in between
   */
  saveDraft(list: string, draft: Omit<Draft, "savedAt">, seen: string | null): Promise<Draft>;
  dropDraft(list: string, file: string): Promise<void>;
  /** Freezes the drafts of a list into a proposal; they are no drafts any more. */
  propose(list: string, proposal: Pick<Proposal, "title" | "author" | "account" | "base">): Promise<Proposal>;
  /** Newest first. */
  proposals(list: string): Promise<readonly Proposal[]>;
  /** @throws {Problem} STUDIO-PROPOSAL-UNKNOWN */
  proposal(id: string): Promise<Proposal>;
  /** @throws {Problem} STUDIO-PROPOSAL-ENDED */
  withdraw(id: string, author: string): Promise<void>;
  /** @throws {Problem} STUDIO-VERSION-TAKEN, STUDIO-PROPOSAL-ENDED */
  publish(list: string, publication: Publication): Promise<VersionHead>;
  /** Newest first. */
  versions(
    list: string,
    page: { page: number; size: number },
  ): Promise<{ total: number; versions: readonly VersionHead[] }>;
  newest(list: string): Promise<Version | undefined>;
  /** @throws {Problem} STUDIO-VERSION-UNKNOWN */
  version(list: string, version: string): Promise<Version>;
}

const headColumns = [
  "list",
  "version",
  "content_hash",
  "parent_hash",
  "proposal",
  "published_by",
  "published_at",
] as const;

export function createVersionStore(database: Database, now: () => Date): VersionStore {
  return {
    ...drafting(database, now),
    ...proposing(database, now),
    async publish(list, publication) {
      return database.transaction().execute(async (tx) => {
        await endProposal(tx, publication.proposal, "published", publication.author, now());
        const { version, proposal, files, parentHash, author } = publication;
        const taken = await tx
          .selectFrom("list_version")
          .select("version")
          .where("list", "=", list)
          .where("version", "=", version)
          .executeTakeFirst();
        if (taken) throw versionTaken(list, version);
        const row = await tx
          .insertInto("list_version")
          .values({
            list,
            version,
            content_hash: contentHash(files),
            parent_hash: parentHash,
            proposal,
            files: JSON.stringify(Object.fromEntries(files)),
            published_by: author,
            published_at: now(),
          })
          .returning(headColumns)
          .executeTakeFirstOrThrow();
        return headOf(row);
      });
    },
    async versions(list, { page, size }) {
      const ofList = database.selectFrom("list_version").where("list", "=", list);
      const { total } = await ofList.select((of) => of.fn.countAll<string>().as("total")).executeTakeFirstOrThrow();
      const rows = await ofList
        .select(headColumns)
        .orderBy("number", "desc")
        .limit(size)
        .offset((page - 1) * size)
        .execute();
      return { total: Number(total), versions: rows.map(headOf) };
    },
    async newest(list) {
      const row = await database
        .selectFrom("list_version")
        .selectAll()
        .where("list", "=", list)
        .orderBy("number", "desc")
        .limit(1)
        .executeTakeFirst();
      return row && { ...headOf(row), files: filesOf(row.files) };
    },
    async version(list, version) {
      const row = await database
        .selectFrom("list_version")
        .selectAll()
        .where("list", "=", list)
        .where("version", "=", version)
        .executeTakeFirst();
      if (row) return { ...headOf(row), files: filesOf(row.files) };
      throw new Problem("STUDIO-VERSION-UNKNOWN", {
        zh: `${list} 没有发布过版本 ${version}`,
        en: `${list} has no published version ${version}`,
      });
    },
  };
}

function drafting(database: Database, now: () => Date): Pick<VersionStore, "drafts" | "saveDraft" | "dropDraft"> {
  const ofList = (list: string) => database.selectFrom("list_draft").selectAll().where("list", "=", list);
  return {
    drafts: async (list) => (await ofList(list).orderBy("file").execute()).map(draftOf),
    async saveDraft(list, { file, text, base, author }, seen) {
      return database.transaction().execute(async (tx) => {
        const before = await tx
          .selectFrom("list_draft")
          .selectAll()
          .where("list", "=", list)
          .where("file", "=", file)
          .executeTakeFirst();
        if (before && before.saved_at.toISOString() !== seen) throw draftConflict(before.author);
        const row = { list, file, text, base: before?.base ?? base, author, saved_at: now() };
        await tx
          .insertInto("list_draft")
          .values(row)
          .onConflict((conflict) =>
            conflict.columns(["list", "file"]).doUpdateSet({ text, author, saved_at: row.saved_at }),
          )
          .execute();
        return draftOf(row);
      });
    },
    async dropDraft(list, file) {
      await database.deleteFrom("list_draft").where("list", "=", list).where("file", "=", file).execute();
    },
  };
}

function proposing(
  database: Database,
  now: () => Date,
): Pick<VersionStore, "propose" | "proposals" | "proposal" | "withdraw"> {
  const all = () =>
    database
      .selectFrom("list_proposal")
      .leftJoin("list_proposal_end", "list_proposal_end.proposal", "list_proposal.id")
      .select(["id", "list", "title", "list_proposal.author", "account", "base", "files", "proposed_at"])
      .select(["kind", "list_proposal_end.author as ended_by", "ended_at"]);
  return {
    async propose(list, { title, author, account, base }) {
      const id = await database.transaction().execute(async (tx) => {
        const drafts = await tx.deleteFrom("list_draft").where("list", "=", list).returningAll().execute();
        if (drafts.length === 0) throw nothingToPropose(list);
        const files = JSON.stringify(Object.fromEntries(drafts.map(({ file, text }) => [file, text])));
        const made = await tx
          .insertInto("list_proposal")
          .values({ list, title, author, account, base, files, proposed_at: now() })
          .returning("id")
          .executeTakeFirstOrThrow();
        return made.id;
      });
      return this.proposal(id);
    },
    proposals: async (list) => (await all().where("list", "=", list).orderBy("id", "desc").execute()).map(proposalOf),
    async proposal(id) {
      const row = await all().where("id", "=", id).executeTakeFirst();
      if (row) return proposalOf(row);
      throw new Problem("STUDIO-PROPOSAL-UNKNOWN", { zh: `没有提案 ${id}`, en: `There is no proposal ${id}` });
    },
    async withdraw(id, author) {
      await this.proposal(id);
      await endProposal(database, id, "withdrawn", author, now());
    },
  };
}

async function endProposal(
  database: Database | DatabaseTransaction,
  proposal: string,
  kind: "published" | "withdrawn",
  author: string,
  ended_at: Date,
): Promise<void> {
  const ended = await database
    .insertInto("list_proposal_end")
    .values({ proposal, kind, author, ended_at })
    .onConflict((conflict) => conflict.doNothing())
    .returning("proposal")
    .executeTakeFirst();
  if (ended) return;
  throw new Problem("STUDIO-PROPOSAL-ENDED", {
    zh: `提案 ${proposal} 已发布或已撤回`,
    en: `Proposal ${proposal} was published or withdrawn already`,
  });
}

interface ProposalRow extends Omit<ListTables["list_proposal"], "id"> {
  readonly id: string;
  readonly kind: "published" | "withdrawn" | null;
  readonly ended_by: string | null;
  readonly ended_at: Date | null;
}

function proposalOf(row: ProposalRow): Proposal {
  const { id, list, title, author, account, base, files, proposed_at, kind, ended_by, ended_at } = row;
  const end = kind && ended_at ? { kind, author: ended_by ?? "", endedAt: ended_at } : null;
  const changed = new Map(Object.entries(JSON.parse(files) as Record<string, string | null>));
  return { id: String(id), list, title, author, account, base, files: changed, proposedAt: proposed_at, end };
}

function draftOf({ file, text, base, author, saved_at }: ListTables["list_draft"]): Draft {
  return { file, text, base, author, savedAt: saved_at };
}

function headOf(row: Pick<ListTables["list_version"], (typeof headColumns)[number]>): VersionHead {
  return {
    list: row.list,
    version: row.version,
    contentHash: row.content_hash,
    parentHash: row.parent_hash,
    proposal: String(row.proposal),
    publishedBy: row.published_by,
    publishedAt: row.published_at,
  };
}

function filesOf(json: string): ListFiles {
  return new Map(Object.entries(JSON.parse(json) as Record<string, string>));
}

function draftConflict(author: string): Problem {
  return new Problem("STUDIO-DRAFT-CONFLICT", {
    zh: `${author || "别人"} 在此期间写过这个文件；您写的还在页面上，请先取回最新草稿再合并`,
    en: `${author || "Somebody else"} wrote this file meanwhile; your text is still on the page: fetch the newest draft and merge`,
  });
}

function nothingToPropose(list: string): Problem {
  return new Problem("STUDIO-NOTHING-CHANGED", { zh: `${list} 没有草稿`, en: `${list} has no drafts` });
}

function versionTaken(list: string, version: string): Problem {
  return new Problem("STUDIO-VERSION-TAKEN", {
    zh: `${list} 已有版本 ${version}；已发布的版本不能改`,
    en: `${list} has a version ${version} already; a published version never changes`,
  });
}
