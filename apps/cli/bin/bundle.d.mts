export function bundle(entry: string, cache?: string): Promise<string>;
export function withThreads(text: string, file: string, urlOf: (name: string) => string): string;
