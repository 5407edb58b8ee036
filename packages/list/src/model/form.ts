const SEPARATOR = " | ";

/** What a text should look like, carried as the message of a schema check. */
export function form(zh: string, en: string): string {
  return `${zh}${SEPARATOR}${en}`;
}

export function formWords(message: string): { readonly zh: string; readonly en: string } {
  const [zh, en] = message.split(SEPARATOR);
  return { zh: zh ?? message, en: en ?? message };
}
