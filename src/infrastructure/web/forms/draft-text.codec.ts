// Written by this build or an older one into a row of ours, encrypted: the shape is ours too.
export type DraftText = { readonly once: string; readonly at: string; readonly fields: Readonly<Record<string, string>> };
export const draftText = (draft: DraftText): string => JSON.stringify(draft);
export const draftOf = (text: string): DraftText => JSON.parse(text) as DraftText;
