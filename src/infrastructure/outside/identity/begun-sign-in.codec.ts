import type { BegunSignIn } from './provider-sign-in';

/** With where to go afterwards, and until when it may be finished. */
export type StoredSignIn = BegunSignIn & { readonly to: string; readonly until: string };

// Written by this build or an older one into a cookie, sealed: the shape is ours too.
export const signInText = (kept: StoredSignIn): string => JSON.stringify(kept);
export const signInOf = (text: string): StoredSignIn => JSON.parse(text) as StoredSignIn;
