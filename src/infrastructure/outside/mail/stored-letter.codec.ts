import type { Letter } from '../../../application/kernel/ports/mailer';

// Written by this build or an older one into a folder of ours: the shape is ours too.
export const letterText = (letter: Letter): string => JSON.stringify(letter);
export const letterOf = (text: string): Letter => JSON.parse(text) as Letter;
