/** What the city hall says of itself in letters. */
export type CityHall = {
  /** the page where tickets are asked for; no trailing slash */
  readonly publicUrl: string;
  /** where meetings in person take place, as one tells a visitor */
  readonly meetingPlace: string;
  /** Art. 5: how a meeting is created on Webex, as the IT service tells civil servants; none when it tells them elsewhere */
  readonly meetingInstructions?: string;
  /** Art. 5: hosts to which, or below which, the link of a meeting leads; left out, Webex */
  readonly meetingHosts?: readonly string[];
  /** to whom a weakness is reported, as URLs, and by which rules; none when nobody was named */
  readonly security?: { readonly contact: string; readonly policy?: string };
};
