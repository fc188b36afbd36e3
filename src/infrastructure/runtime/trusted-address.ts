const thisMachine = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether what is said there can be believed, and secrets sent there stay secret: over HTTPS, or on this machine. */
export const isTrustedAddress = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && thisMachine.has(hostname));
};
