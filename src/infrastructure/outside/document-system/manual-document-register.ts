import type { DocumentRegister } from '../../../application/kernel/ports/document-register';

/** Art. 7 word for word: the civil servant creates the document in INFOCET, and enters its number here. */
export const manualDocumentRegister: DocumentRegister = { file: () => Promise.resolve({ byHand: 'manual' }) };
