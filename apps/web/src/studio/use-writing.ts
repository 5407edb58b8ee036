import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { type StudioCheck, type StudioEdit, type StudioFile, studioApi } from "./api.ts";

/** A file as it stands on the page. */
export interface Writing {
  readonly file: StudioFile;
  readonly text: string;
  /** The text as plain data; null while it is no YAML. */
  readonly value: unknown;
  /** The text differs from the saved draft, or from what is shown where there is none. */
  readonly unsaved: boolean;
  readonly refusal: string | undefined;
  write(text: string): void;
  edit(edits: readonly StudioEdit[]): void;
  /** False where the draft was refused; the refusal says why. */
  save(): Promise<boolean>;
  drop(): Promise<void>;
}

/** Keeps what is written of one file: edits go through the server one after the other, so that none is lost. */
export function useWriting(list: string, file: string): { writing: Writing | undefined; query: Loading } {
  const client = useQueryClient();
  const key = ["studio", "file", list, file];
  const query = useQuery({ queryKey: key, queryFn: () => studioApi.file(list, file), staleTime: 0 });
  const [text, setText] = useState<string>();
  const [value, setValue] = useState<unknown>(null);
  const [refusal, setRefusal] = useState<string>();
  const latest = useRef("");
  const turn = useRef<Promise<void>>(Promise.resolve());
  const loaded = useRef<string>(undefined);

  useEffect(() => {
    const name = `${list} ${file}`;
    if (!query.data || query.data.file !== file || query.data.list !== list || loaded.current === name) return;
    loaded.current = name;
    latest.current = query.data.text;
    setText(query.data.text);
    setValue(query.data.value);
    setRefusal(undefined);
  }, [query.data, list, file]);

  const apply = useCallback((edits: readonly StudioEdit[]) => {
    turn.current = turn.current.then(async () => {
      try {
        const answer = await studioApi.edit(latest.current, edits);
        latest.current = answer.text;
        setText(answer.text);
        setValue(answer.value);
        setRefusal(undefined);
      } catch (error) {
        setRefusal(error instanceof Error ? error.message : String(error));
      }
    });
  }, []);

  const write = useCallback(
    (written: string) => {
      latest.current = written;
      setText(written);
      apply([]);
    },
    [apply],
  );

  const refresh = async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: key }),
      client.invalidateQueries({ queryKey: ["studio", "list", list] }),
    ]);
  };
  const data = query.data;
  if (data === undefined || text === undefined || loaded.current !== `${list} ${file}`)
    return { writing: undefined, query };
  const save = async () => {
    await turn.current;
    let saved = true;
    try {
      await studioApi.saveDraft(list, { file, text: latest.current, seen: data.draft?.savedAt ?? null, author: "" });
      setRefusal(undefined);
    } catch (error) {
      saved = false;
      setRefusal(error instanceof Error ? error.message : String(error));
    }
    await refresh();
    return saved;
  };
  const drop = async () => {
    await studioApi.dropDraft(list, file);
    loaded.current = undefined;
    await refresh();
  };
  return {
    query,
    writing: { file: data, text, value, unsaved: text !== data.text, refusal, write, edit: apply, save, drop },
  };
}

type Loading = ReturnType<typeof useQuery<StudioFile>>;

/** The checks of what stands on the page; a newer text ends the check of the older one. */
export function useCheck(list: string, file: string, text: string | undefined) {
  const [check, setCheck] = useState<StudioCheck>();
  const [failed, setFailed] = useState<string>();
  useEffect(() => {
    if (text === undefined) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      studioApi.check(list, file, text, abort.signal).then(
        (answer) => {
          setCheck(answer);
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
