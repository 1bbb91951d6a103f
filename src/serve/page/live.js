// The browser's part of the live preview.
