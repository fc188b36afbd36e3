const part = '[^\\s@<>()[\\]\\\\,;:"\'\\p{C}\\p{Default_Ignorable_Code_Point}]';
const label = part.replace('[^', '[^.');
const mailbox = new RegExp(`^${part}{1,64}@${label}+(?:\\.${label}+)*$`, 'u');
const longest = 254;

/**
 * One mailbox and nothing else. A comma would make two of it, a line break a header, and an invisible character one that looks like
 * another.
 */
export const isMailbox = (text: string): boolean => text.length <= longest && mailbox.test(text);

/** An address to which a letter may be written: taken at the door, and sent to, by this one rule. No name of a machine alone is one. */
export const isEmailAddress = (text: string): boolean => isMailbox(text) && text.slice(text.indexOf('@')).includes('.');
