// Names of elements on the page: there is one panel, and one button that opens it.
export const meetingPanelId = 'meeting-panel';
export const meetingButtonId = 'meeting-button';
