"""The window of joint inspection 联合检查 (F4)."""
