export const contactFields = ['email', 'phone', 'notes'] as const;
export type ContactField = (typeof contactFields)[number];
