import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { type StudioCheck, type StudioEdit, type StudioFile, studioApi } from "./api.ts";

/** A file as it stands on the page. */
export interface Writing {
  readonly file: StudioFile;
  readonly text: string;
  /** The text as plain data; null while it is no YAML. */
  readonly value: unknown;
  /** The text differs from the saved draft, or from what is shown where there is none, or an edit of it is on its way. */
  readonly unsaved: boolean;
  readonly refusal: string | undefined;
  write(text: string): void;
  edit(edits: readonly StudioEdit[]): void;
  /** False where the draft was refused; the refusal says why. */
  save(): Promise<boolean>;
  drop(): Promise<void>;
}

/** What the text on the page was made from. */
interface Base {
  readonly text: string;
  /** When the draft was saved that was seen; null where there was none. */
  readonly seen: string | null;
}

const baseOf = ({ text, draft }: StudioFile): Base => ({ text, seen: draft?.savedAt ?? null });

/**
 * Keeps what is written of one file: edits and saves go through the server one after the other, so that none is lost. What
 * the server answers late never takes back what was written meanwhile.
 */
export function useWriting(list: string, file: string): { writing: Writing | undefined; query: Loading } {
  const client = useQueryClient();
  const key = ["studio", "file", list, file];
  const query = useQuery({ queryKey: key, queryFn: () => studioApi.file(list, file), staleTime: 0 });
  const { data } = query;
  const [text, setText] = useState<string>();
  const [value, setValue] = useState<unknown>(null);
  const [refusal, setRefusal] = useState<string>();
  const [onTheWay, setOnTheWay] = useState(0);
  const latest = useRef("");
  /** The text whose value is known. */
  const read = useRef("");
  const base = useRef<Base>(undefined);
  const turn = useRef<Promise<unknown>>(Promise.resolve());

  const adopt = useCallback((data: StudioFile) => {
    base.current = baseOf(data);
    latest.current = data.text;
    read.current = data.text;
    setText(data.text);
    setValue(data.value);
  }, []);

  useEffect(() => {
    if (!data) return;
    // Another's newer draft takes the place of a text that nobody touched, and of no other.
    if (base.current === undefined || latest.current === base.current.text) adopt(data);
  }, [data, adopt]);

  const inTurn = useCallback(<T>(deed: () => Promise<T>): Promise<T | undefined> => {
    setOnTheWay((count) => count + 1);
    const done = turn.current.then(async () => {
      try {
        const answer = await deed();
        setRefusal(undefined);
        return answer;
      } catch (error) {
        setRefusal(error instanceof Error ? error.message : String(error));
        return undefined;
      } finally {
        setOnTheWay((count) => count - 1);
      }
    });
    turn.current = done;
    return done;
  }, []);

  const edit = useCallback(
    (edits: readonly StudioEdit[]) => {
      void inTurn(async () => {
        while (edits.length > 0 || latest.current !== read.current) {
          const sent = latest.current;
          const answer = await studioApi.edit(sent, edits);
          // Written on meanwhile: the edit is made in the newer text.
          if (latest.current !== sent) continue;
          latest.current = answer.text;
          read.current = answer.text;
          setText(answer.text);
          setValue(answer.value);
          return;
        }
      });
    },
    [inTurn],
  );

  const write = useCallback(
    (written: string) => {
      latest.current = written;
      setText(written);
      edit([]);
    },
    [edit],
  );

  const refresh = async (): Promise<StudioFile | undefined> => {
    await Promise.all([
      client.invalidateQueries({ queryKey: key }),
      client.invalidateQueries({ queryKey: ["studio", "list", list] }),
    ]);
    return client.getQueryData<StudioFile>(key);
  };
  if (data === undefined || text === undefined) return { writing: undefined, query };
  const save = async () => {
    const saved = await inTurn(async () => {
      const sent = latest.current;
      const seen = base.current?.seen ?? null;
      const { savedAt } = await studioApi.saveDraft(list, { file, text: sent, seen, author: "" });
      base.current = { text: sent, seen: savedAt };
      return true;
    });
    const now = await refresh();
    // Whoever was told of another's draft has seen it.
    if (!saved && now && base.current) base.current = { ...base.current, seen: baseOf(now).seen };
    return saved ?? false;
  };
  const drop = async () => {
    const dropped = await inTurn(async () => {
      await studioApi.dropDraft(list, file);
      return true;
    });
    const now = await refresh();
    if (dropped && now) adopt(now);
  };
  const unsaved = onTheWay > 0 || text !== data.text;
  return { query, writing: { file: data, text, value, unsaved, refusal, write, edit, save, drop } };
}

type Loading = ReturnType<typeof useQuery<StudioFile>>;

export interface Checked {
  /** The text that was checked; a newer one may stand on the page. */
  readonly text: string;
  readonly answer: StudioCheck;
}

/** The checks of what stands on the page; a newer text ends the check of the older one. */
export function useCheck(list: string, file: string, text: string | undefined) {
  const [check, setCheck] = useState<Checked>();
  const [failed, setFailed] = useState<string>();
  useEffect(() => {
    if (text === undefined) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      studioApi.check(list, file, text, abort.signal).then(
        (answer) => {
          setCheck({ text, answer });
          setFailed(undefined);
        },
        (error: Error) => {
          if (!abort.signal.aborted) setFailed(error.message);
        },
      );
    }, 250);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [list, file, text]);
  return { check, failed };
}
