const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const minute = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** A readable time in the user's time zone. */
export const onDay = (instant: string): string => day.format(new Date(instant));
export const atMinute = (instant: string): string => minute.format(new Date(instant));
