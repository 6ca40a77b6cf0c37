Console.WriteLine(new Consumers.Vault().Total);
