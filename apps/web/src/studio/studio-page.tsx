import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { useOnce } from "../app/use-once.ts";
import { useTitle } from "../app/use-title.ts";
import { useText, useWords } from "../ui/words.ts";
import { type StudioFinding, type StudioListPage, studioApi } from "./api.ts";
import { ChecksColumn } from "./checks-column.tsx";
import { EffectColumn } from "./effect-column.tsx";
import { ItemEditor } from "./item-editor.tsx";
import { ParametersEditor } from "./parameters-editor.tsx";
import { ShownVersionLine } from "./shown-version.tsx";
import { Signer, useIsVisitor } from "./signer.tsx";
import { useCheck, useWriting, type Writing } from "./use-writing.ts";
import { writtenItem, writtenParameters } from "./written.ts";
import "./studio.css";

/** The text of the file itself, for everything that has no field of its own. */
function SourceText({ writing, place }: { readonly writing: Writing; readonly place: StudioFinding | undefined }) {
  const words = useWords();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (place) setOpen(true);
  }, [place]);
  useEffect(() => {
    const box = area.current;
    if (!place || !open || !box) return;
    const lines = box.value.split("\n");
    const start = lines.slice(0, place.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
    box.focus();
    box.setSelectionRange(start + place.column - 1, start + (lines[place.line - 1]?.length ?? 0));
    box.scrollTop = Math.max(0, place.line - 4) * Number.parseFloat(getComputedStyle(box).lineHeight);
  }, [place, open]);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words("studio.source")}</summary>
      <label htmlFor={id} className="visually-hidden">
        {words("studio.source")} {writing.file.file}
      </label>
      <textarea
        id={id}
        ref={area}
        className="source"
        rows={24}
        spellCheck={false}
        value={writing.text}
        onChange={(event) => writing.write(event.target.value)}
      />
    </details>
  );
}

function Fields({
  list,
  writing,
  onOpen,
}: {
  list: string;
  writing: Writing;
  onOpen: (list: string, file: string) => void;
}) {
  const words = useWords();
  const { file, value, edit } = writing;
  const item = file.kind === "item" ? writtenItem(value) : undefined;
  const parameters = file.kind === "parameters" ? writtenParameters(value) : undefined;
  if (item) return <ItemEditor list={list} item={item} file={file} edit={edit} onOpen={onOpen} />;
  if (parameters) return <ParametersEditor parameters={parameters} file={file} edit={edit} />;
  const hasFields = file.kind === "item" || file.kind === "parameters";
  return <p className="hint">{words(hasFields || value === null ? "studio.unreadable" : "studio.textOnly")}</p>;
}

function DraftBar({ writing, list, page }: { writing: Writing; list: string; page: StudioListPage }) {
  const words = useWords();
  const navigate = useNavigate();
  const isVisitor = useIsVisitor();
  const [title, setTitle] = useState("");
  const [refusal, setRefusal] = useState<string>();
  const { isBusy, once } = useOnce();
  const { file, unsaved } = writing;
  // The page of the list may still be on its way when this file's own draft is already known.
  const drafts = Math.max(page.drafts, file.draft ? 1 : 0);
  const propose = async () => {
    try {
      if (unsaved && !(await writing.save())) return;
      const { id } = await studioApi.propose(list, { title: title.trim(), author: "" });
      navigate(`/studio/proposals/${id}`);
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error));
    }
  };
  const failed = writing.refusal ?? refusal;
  return (
    <div className="draft-bar">
      <p role="status">
        {unsaved
          ? words("studio.unsaved")
          : file.draft
            ? words("studio.saved", { by: file.draft.author || words("studio.nobody") })
            : words("studio.asShown")}
        {file.draft?.stale && <strong className="field-error"> {words("studio.stale")}</strong>}
      </p>
      <Signer />
      <button
        type="button"
        className="button small"
        disabled={isVisitor || !unsaved}
        onClick={() => void writing.save()}
      >
        {words("studio.save")}
      </button>
      <button
        type="button"
        className="button quiet small"
        disabled={isVisitor || !file.draft}
        onClick={() => void writing.drop()}
      >
        {words("studio.drop")}
      </button>
      <form
        className="propose"
        onSubmit={(event) => {
          event.preventDefault();
          void once(propose);
        }}
      >
        <label>
          {words("studio.proposalTitle")}
          <input type="text" required value={title} onChange={(event) => setTitle(event.target.value)} />
        </label>
        <button
          type="submit"
          className="button small"
          disabled={isVisitor || (drafts === 0 && !unsaved)}
          aria-disabled={isBusy}
        >
          {words("studio.propose", { count: drafts + (unsaved && !file.draft ? 1 : 0) })}
        </button>
      </form>
      {failed && (
        <p role="alert" className="field-error">
          {failed}
        </p>
      )}
    </div>
  );
}

function Desk({
  list,
  file,
  page,
  onOpen,
}: {
  list: string;
  file: string;
  page: StudioListPage;
  onOpen: (list: string, file: string) => void;
}) {
  const words = useWords();
  const { writing, query } = useWriting(list, file);
  const { check, failed } = useCheck(list, file, writing?.text);
  const [place, setPlace] = useState<StudioFinding>();
  if (!writing) return <Loaded query={query}>{() => <p role="status">{words("state.loading")}</p>}</Loaded>;
  return (
    <>
      <DraftBar writing={writing} list={list} page={page} />
      <div className="studio-columns">
        <section aria-labelledby="studio-item" className="studio-column">
          <h2 id="studio-item">{words("studio.item")}</h2>
          <p className="small hint">
            <code>
              {list}/{file}
            </code>
          </p>
          <Fields list={list} writing={writing} onOpen={onOpen} />
          <SourceText writing={writing} place={place} />
        </section>
        <div className="studio-side">
          <ChecksColumn
            check={check?.answer}
            isCurrent={check?.text === writing.text}
            failed={failed}
            onPlace={(finding) => setPlace({ ...finding })}
          />
          <EffectColumn list={list} file={file} checked={check} />
        </div>
      </div>
    </>
  );
}

const kinds = ["item", "parameters", "golden", "other"] as const;

function FileChoice({
  page,
  file,
  onChange,
}: {
  page: StudioListPage;
  file: string;
  onChange: (file: string) => void;
}) {
  const words = useWords();
  const text = useText();
  const name = (entry: StudioListPage["files"][number]) =>
    `${entry.draft ? "✎ " : ""}${entry.item ? `${text(entry.item.name)}${entry.item.executable ? "" : ` (${words("list.referenceOnly")})`}` : entry.file}`;
  return (
    <label>
      {words("studio.file")}
      <select value={file} onChange={(event) => onChange(event.target.value)}>
        {kinds.map((kind) => (
          <optgroup key={kind} label={words(`studio.kind.${kind}`)}>
            {page.files
              .filter((entry) => entry.kind === kind)
              .map((entry) => (
                <option key={entry.file} value={entry.file}>
                  {name(entry)}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

function Proposals({ page }: { readonly page: StudioListPage }) {
  const words = useWords();
  return (
    <section aria-labelledby="studio-proposals">
      <h2 id="studio-proposals">{words("studio.proposals")}</h2>
      {page.proposals.length === 0 && <p className="hint">{words("studio.noProposals")}</p>}
      <ul>
        {page.proposals.map(({ id, title, author, end }) => (
          <li key={id}>
            <Link to={`/studio/proposals/${id}`}>{title}</Link>{" "}
            <span className="hint small">
              {author} · {words(end ? `studio.end.${end.kind}` : "studio.end.open")}
            </span>
          </li>
        ))}
      </ul>
      <p>
        <Link to={`/list/${page.code}/versions`}>{words("studio.versions")}</Link> ·{" "}
        <Link to={`/list/${page.code}/checks`}>{words("check.title")}</Link> ·{" "}
        <Link to={`/compare?left=${page.code}`}>{words("compare.title")}</Link>
      </p>
    </section>
  );
}

function ListDesk({
  page,
  file,
  onOpen,
}: {
  page: StudioListPage;
  file: string;
  onOpen: (list: string, file: string) => void;
}) {
  const first = page.files.find(({ item }) => item?.executable) ?? page.files[0];
  const open = page.files.some((entry) => entry.file === file) ? file : (first?.file ?? "");
  return (
    <>
      <div className="filters">
        <FileChoice page={page} file={open} onChange={(next) => onOpen(page.code, next)} />
        <ShownVersionLine shown={page.shown} />
      </div>
      <Desk key={`${page.code} ${open}`} list={page.code} file={open} page={page} onOpen={onOpen} />
      <Proposals page={page} />
    </>
  );
}

/** Where lists are written: the file, what the checks find and what it does to the city, side by side and at once. */
export function StudioPage() {
  const words = useWords();
  const text = useText();
  const [address, setAddress] = useSearchParams();
  useTitle(words("studio.title"));
  const lists = useQuery({ queryKey: ["studio", "lists"], queryFn: studioApi.lists });
  const list = address.get("list") ?? "cn-31";
  const page = useQuery({ queryKey: ["studio", "list", list], queryFn: () => studioApi.list(list), staleTime: 0 });
  const open = (code: string, file: string) => setAddress({ list: code, file });
  return (
    <div className="studio">
      <h1>{words("studio.title")}</h1>
      <p>{words("studio.lead")}</p>
      <div className="filters">
        <label>
          {words("list.which")}
          <select value={list} onChange={(event) => setAddress({ list: event.target.value })}>
            {(lists.data?.lists ?? []).map(({ code, name, drafts }) => (
              <option key={code} value={code}>
                {text(name)}
                {drafts > 0 ? ` ✎ ${drafts}` : ""}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Loaded query={page}>{(data) => <ListDesk page={data} file={address.get("file") ?? ""} onOpen={open} />}</Loaded>
    </div>
  );
}
