"""今日态势: the wall overview, three seconds, no keyboard."""
