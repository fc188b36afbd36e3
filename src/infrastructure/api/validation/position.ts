/** Twenty digits, as the stores give positions: anything else never came from here, and waiting for it would be in vain. */
export const positionPattern = /^\d{20}$/;
