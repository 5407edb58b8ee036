export function bundle(cache?: string): Promise<string>;
