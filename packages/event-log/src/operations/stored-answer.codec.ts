import type { StoredAnswer } from '../ports/operations';

// Written by this build or an older one into a file of ours: the shape is ours too.
export const answerText = (answer: StoredAnswer): string => JSON.stringify(answer);
export const answerOf = (text: string): StoredAnswer => JSON.parse(text) as StoredAnswer;
