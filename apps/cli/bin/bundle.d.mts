export function bundle(entry: string, cache?: string): Promise<string>;
