// Before anything is drawn: the look one has chosen. Without one the system decides.
try {
  const theme = localStorage.getItem('theme')
  if (theme) document.documentElement.dataset.theme = theme
} catch {}
