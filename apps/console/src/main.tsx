import './look/tokens.css';
import './look/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { listenForKeys } from './keys/keyboard.js';
import { applyTheme } from './look/theme.js';

applyTheme();
listenForKeys();
const root = document.querySelector('#console');
if (root === null) throw new Error('the page has no element for the console');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
