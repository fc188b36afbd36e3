/** Where meetings are held unless the city hall says otherwise. */
export const usualMeetingHosts: readonly string[] = ['webex.com'];

const longestLink = 2048;
/** Characters that are invisible or that turn the text around them: a link must lead where it seems to. */
const deceiving = /[\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;
/** Browsers read more than this as an address, and not all of them alike. */
const form = /^https:\/\/(?<authority>[^/\\?#]+)(?:[/?#].*)?$/i;
const hostForm = /^[a-z\d-]+(?:\.[a-z\d-]+)*$/;
/** Whether links can lead to a host of this name. */
export const isMeetingHost = (host: string): boolean => hostForm.test(host);

export type MeetingLinkFault = 'link-malformed' | 'link-deceives' | 'link-elsewhere';

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/**
 * Art. 5. What is wrong with the link of a meeting: it is of HTTPS, has no user name before the host, shows all that it is, and leads to
 * one of these hosts or to what lies below one.
 * @param hosts left out: wherever the video service itself has made it
 */
export const meetingLinkFault = (link: string, hosts?: readonly string[]): MeetingLinkFault | undefined => {
  if (deceiving.test(link) || deceiving.test(decoded(link).replace(/ /g, ''))) return 'link-deceives';
  const authority = form.exec(link)?.groups?.['authority']?.toLowerCase();
  if (authority === undefined || link.length > longestLink || authority.includes('@') || !URL.canParse(link)) return 'link-malformed';
  if (hosts === undefined) return undefined;
  const isAllowed = isMeetingHost(authority) && hosts.some((host) => authority === host || authority.endsWith(`.${host}`));
  return isAllowed ? undefined : 'link-elsewhere';
};
