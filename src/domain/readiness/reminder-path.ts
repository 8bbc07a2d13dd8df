/** The screen that asks for most of what a reminder names. */
export const reminderPath = '/now';
